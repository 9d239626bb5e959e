using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Application;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>The driver and the virtual meter, each with its own general block transfer, in rows of several blocks.</summary>
public sealed class BlockRowTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_127;
    private const int Client = 1;

    private static readonly CosemAttributeDescriptor ObjectList = new(15, ObisCode.Parse("0-0:40.0.0.255"), 2);
    private static readonly CosemAttributeDescriptor Calendar = new(20, ObisCode.Parse("0-0:13.0.0.255"), 9);
    private static readonly CosemAttributeDescriptor Threshold = new(71, ObisCode.Parse("0-0:17.0.0.255"), 4);

    private static readonly int Rounds = TestSize.Of(suite: 60, large: 20_000);

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(63)]
    public async Task A_long_log_comes_in_rows_over_the_line_and_is_the_same(int window)
    {
        await using MeterBench specific = new(profile: SmallPdu);
        await using MeterBench single = new(
            model: sound => sound with { HasGeneralBlocks = true }, profile: text => With(SmallPdu(text), "general-blocks: true"));
        await using MeterBench rows = new(
            model: sound => sound with { HasGeneralBlocks = true, GeneralBlockWindow = window },
            profile: text => With(SmallPdu(text), $"general-blocks: true\n  general-block-window: {window}"));
        ReadActiveImportProfileData request = new(new ReadLogPeriod(specific.Now.AddDays(-1), specific.Now));

        SrvResult expected = await specific.DoAsync(request);
        await single.DoAsync(request);
        SrvResult found = await rows.DoAsync(request);

        found.Outcome.Body.Should().Be(expected.Outcome.Body);
        rows.FromMeter.Should().Contain(frame => IsStreaming(frame), "all blocks of a row but its last are streaming");
        single.FromMeter.Should().NotContain(frame => IsStreaming(frame));
    }

    [Fact]
    public async Task Whatever_blocks_of_a_row_are_lost_both_ends_have_the_same_in_the_end()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        byte[] whole = await ReadAsync(new LossyRowLink(Meter(8), _ => false), window: 8);
        int lost = 0;
        for (int round = 0; round < Rounds; round++)
        {
            int window = random.Next(2, 20);
            LossyRowLink link = new(Meter(random.Next(2, 20)), _ => random.Next(6) == 0);

            byte[] read = await ReadAsync(link, window);

            read.AsSpan().SequenceEqual(whole).Should().BeTrue($"seed {Seed}, round {round}");
            lost += link.Lost;
        }

        lost.Should().BeGreaterThan(Rounds, "blocks were lost in both directions");
    }

    [Fact]
    public async Task A_long_request_goes_in_rows_and_is_carried_out_once_when_blocks_of_it_are_lost()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        CosemServer meter = Meter(window: 4);
        LossyRowLink link = new(meter, isUp => isUp && random.Next(3) == 0);
        DlmsClient client = await OpenAsync(link, window: 4);
        byte[] days = Days(count: 14);

        await client.SetAsync(Calendar, days, CancellationToken.None);

        (await client.GetAsync(Calendar, CancellationToken.None)).Span.ShouldBeHex(Convert.ToHexString(days));
        link.Lost.Should().BePositive();
        link.OneWay.Should().BePositive("rows went out");
    }

    [Fact]
    public async Task Lists_of_the_driver_are_carried_out_by_the_meter_one_by_one()
    {
        DlmsClient client = await OpenAsync(new LossyRowLink(Meter(window: 1), _ => false), window: 1);
        ServiceList list = new(client);
        CosemMethodDescriptor script = new(9, ObisCode.Parse("0-0:10.0.106.255"), 1);
        CosemMethodDescriptor none = new(9, ObisCode.Parse("0-0:10.0.99.255"), 1);

        IReadOnlyList<DataAccessResult> written = await list.SetAsync(
            [
                new AttributeWrite(Threshold, "06 00 00 13 88".Octets()),
                new AttributeWrite(ObjectList, "01 00".Octets()),
                new AttributeWrite(Threshold with { LogicalName = ObisCode.Parse("0-0:17.9.9.255") }, "06 00 00 13 88".Octets()),
            ],
            CancellationToken.None);
        IReadOnlyList<MethodOutcome> acted = await list.ActAsync(
            [new MethodCall(script, "12 00 34".Octets()), new MethodCall(none, "12 00 34".Octets())], CancellationToken.None);

        written.Should().Equal(DataAccessResult.Success, DataAccessResult.ReadWriteDenied, DataAccessResult.ObjectUndefined);
        (await client.GetAsync(Threshold, CancellationToken.None)).Span.ShouldBeHex("06 00 00 13 88");
        acted.Select(outcome => outcome.Result).Should().Equal(ActionResult.Success, ActionResult.ObjectUndefined);
    }

    private static async Task<byte[]> ReadAsync(LossyRowLink link, int window)
    {
        DlmsClient client = await OpenAsync(link, window);
        return (await client.GetAsync(ObjectList, CancellationToken.None)).ToArray();
    }

    private static async Task<DlmsClient> OpenAsync(LossyRowLink link, int window)
    {
        DlmsClient client = new(link);
        await client.AssociateAsync(
            new DlmsAssociationSettings
            {
                Security = new AssociationSecurity { Password = SharedSecret.OfText("12345678") },
                Proposed = DlmsAssociationSettings.Offered | Conformance.GeneralBlockTransfer | Conformance.MultipleReferences,
                MaximumReceivePduOctets = 128,
                GeneralBlockWindow = window,
            },
            CancellationToken.None);
        return client;
    }

    private static CosemServer Meter(int window)
    {
        EsmeModel sound = EsmeModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme.yaml"));
        EsmeModel model = sound with { HasGeneralBlocks = true, GeneralBlockWindow = window, PduOctets = 128 };
        CosemServer meter = new("esme-01", new EsmeState(model, new ManualTimeProvider()), NoCommandLog.Instance);
        meter.OnConnected(Client);
        return meter;
    }

    /// <summary>A table of days, each with three switchings.</summary>
    private static byte[] Days(int count)
    {
        List<byte> octets = [0x01, (byte)count];
        for (int day = 1; day <= count; day++)
        {
            octets.AddRange([0x02, 0x02, 0x11, (byte)day, 0x01, 0x03]);
            for (byte hour = 0; hour < 18; hour += 6)
            {
                octets.AddRange([0x02, 0x03, 0x09, 0x04, hour, 0, 0, 0]);
                octets.AddRange([0x09, 0x06, 0, 0, 0x0A, 0, 0x64, 0xFF, 0x12, 0, (byte)(1 + (hour / 6))]);
            }
        }

        return [.. octets];
    }

    private static bool IsStreaming(byte[] frame)
    {
        int block = frame.AsSpan().IndexOf([(byte)0xE6, (byte)0xE7, (byte)0x00, (byte)0xE0]);
        return block >= 0 && (frame[block + 4] & 0x40) != 0;
    }

    private static string With(string profile, string line) =>
        profile.Replace("  release: false ", $"  {line}\n  release: false ", StringComparison.Ordinal);

    private static string SmallPdu(string profile) => profile.Replace("maximum-pdu: 1024 ", "maximum-pdu: 128 ", StringComparison.Ordinal);
}
