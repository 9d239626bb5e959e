using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Memory;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Esme;

/// <summary>What a meter tells unasked, from the octets to the alert code. The notifications are other implementations', or written by
/// hand.</summary>
public sealed class EsmeAlertTests : IAsyncLifetime
{
    private const string EventCodeHead = "C2 010C 07EA0B1607010203FF000000 0001 0000600B00FF 02 ";
    private static readonly CosemAttributeDescriptor EventCode = new(1, ObisCode.Parse("0-0:96.11.0.255"), 2);

    private readonly IByteTransport _near;
    private readonly IByteTransport _far;

    public EsmeAlertTests()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create("esme-01", new ManualTimeProvider());
        (_near, _far) = (pair.Near, pair.Far);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _near.DisposeAsync();
        await _far.DisposeAsync();
    }

    [Fact]
    public async Task An_event_notification_of_the_event_code_object_is_an_alert_with_its_time()
    {
        DeviceNotification told = await HearAsync(new AlertMap(EventCode, [], new Dictionary<int, string>()), EventCodeHead + "128F74");

        told.Code.Should().Be("8F74");
        told.OccurredAt.Should().Be(new DateTimeOffset(2026, 11, 22, 1, 2, 3, TimeSpan.Zero));
        told.ClockStatus.Should().BeEmpty();
    }

    [Theory]
    [InlineData("01", "invalid")]
    [InlineData("0A", "doubtful, invalid clock status")]
    [InlineData("80", "")]
    [InlineData("FF", "")]
    public async Task What_the_clock_says_of_itself_is_told(string status, string words)
    {
        string octets = EventCodeHead.Replace("FF000000 ", $"FF0000{status} ", StringComparison.Ordinal);

        DeviceNotification told = await HearAsync(new AlertMap(EventCode, [], new Dictionary<int, string>()), octets + "128F74");

        told.ClockStatus.Should().Be(words);
    }

    [Fact]
    public async Task A_model_s_own_numbers_have_the_codes_that_its_profile_gives_them()
    {
        AlertMap map = new(EventCode, [], new Dictionary<int, string> { [17] = "8F35" });

        (await HearAsync(map, EventCodeHead + "1111")).Code.Should().Be("8F35");
        (await HearAsync(map, EventCodeHead + "1112")).Code.Should().Be("0012", "a number that is left out is the code itself");
    }

    [Fact]
    public async Task In_a_data_notification_the_number_stands_where_the_profile_says()
    {
        AlertMap map = new(EventCode, [2, 1], new Dictionary<int, string>());

        DeviceNotification told = await HearAsync(map, "0F 00000007 00 0202 0906 0000190900FF 0201 128F1D");

        told.Code.Should().Be("8F1D");
        told.OccurredAt.Should().BeNull();
        told.Detail.Should().Contain("invoke 7");
    }

    [Fact]
    public async Task Another_object_s_value_is_kept_without_a_code()
    {
        DeviceNotification told = await HearAsync(
            new AlertMap(EventCode, [], new Dictionary<int, string>()),
            Convert.ToHexString(MeterFrames.Vector("event-notification-no-time")));

        told.Code.Should().BeEmpty();
        told.Detail.Should().Contain("1-0:1.8.0.255").And.Contain("without a code");
        told.Apdu.Span.ShouldBeHex(Convert.ToHexString(MeterFrames.Vector("event-notification-no-time")));
    }

    [Theory]
    [InlineData("C2 05")]
    [InlineData("0F 00 00")]
    [InlineData("C5 01 C1 00")]
    [InlineData("CA 1E 30 00 00 00 01 AA")]
    public async Task What_cannot_be_read_is_kept_too(string octets)
    {
        DeviceNotification told = await HearAsync(new AlertMap(EventCode, [], new Dictionary<int, string>()), octets);

        told.Code.Should().BeEmpty();
        told.Detail.Should().NotBeEmpty();
        told.Apdu.Span.ShouldBeHex(octets);
    }

    [Fact]
    public async Task Without_a_map_nothing_has_a_code_and_nothing_is_lost()
    {
        (await HearAsync(null, EventCodeHead + "128F74")).Code.Should().BeEmpty();
    }

    [Fact]
    public void The_map_of_a_profile_is_read_whole()
    {
        DeviceProfile profile = DeviceProfileLoader.Load(
            File.ReadAllText(TestProfile.GenericPath).Replace(
                "  part: [2] ", "  codes: { 17: \"8F35\", 18: \"8F1D\" }\n  part: [2, 1] ", StringComparison.Ordinal),
            "test.yaml");

        profile.Alerts!.Code.Should().Be(EventCode);
        profile.Alerts.Part.Should().Equal(2, 1);
        profile.Alerts.CodeOf(17).Should().Be("8F35");
        profile.Alerts.CodeOf(0x810D).Should().Be("810D");
    }

    [Theory]
    [InlineData("codes: { 17: \"8f35\" }")]
    [InlineData("codes: { x: \"8F35\" }")]
    [InlineData("part: [0]")]
    [InlineData("other: 1")]
    public void A_map_that_is_wrong_is_told_with_its_place(string line)
    {
        Action load = () => DeviceProfileLoader.Load(
            File.ReadAllText(TestProfile.GenericPath).Replace("  part: [2] ", $"  {line} ", StringComparison.Ordinal), "test.yaml");

        load.Should().Throw<Abstractions.Errors.ConfigurationException>().WithMessage("*test.yaml*");
    }

    [Fact]
    public async Task A_look_that_meets_a_frame_on_its_way_waits_for_its_end()
    {
        await using EsmeDriver driver = Open(new AlertMap(EventCode, [], new Dictionary<int, string>()));
        byte[] frame = MeterFrames.Frame(0x13, [0xE6, 0xE7, 0x00, .. (EventCodeHead + "128F74").Octets()]);
        await _far.WriteAsync(frame.AsMemory(0, 2), CancellationToken.None);

        Task listening = driver.ListenAsync(TimeSpan.Zero, CancellationToken.None).AsTask();
        for (int octet = 2; octet < frame.Length; octet++)
        {
            await _far.WriteAsync(frame.AsMemory(octet, 1), CancellationToken.None);
        }

        await listening.DefaultTimeout();
        driver.TryTakeNotification(out DeviceNotification? told).Should().BeTrue();
        told!.Code.Should().Be("8F74");
    }

    private EsmeDriver Open(AlertMap? map) => new(new EsmeOptions
    {
        Id = new DeviceId("esme-01"),
        Profile = TestProfile.Load() with { Alerts = map },
        Transport = _near,
        TimeProvider = new ManualTimeProvider(),
    });

    private async Task<DeviceNotification> HearAsync(AlertMap? map, string apdu)
    {
        await using EsmeDriver driver = Open(map);
        await _far.WriteAsync(MeterFrames.Frame(0x13, [0xE6, 0xE7, 0x00, .. apdu.Octets()]), CancellationToken.None);

        await driver.ListenAsync(TimeSpan.Zero, CancellationToken.None).AsTask().DefaultTimeout();

        driver.TryTakeNotification(out DeviceNotification? told).Should().BeTrue();
        driver.TryTakeNotification(out _).Should().BeFalse();
        return told!;
    }
}
