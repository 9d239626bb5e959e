using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.CommsHub;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Hub;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using DeviceHarness.TestKit.Lines;
using DeviceHarness.Transports.Memory;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.CommsHub;

/// <summary>The comms hub's driver before octets written by hand: what they say, and what is none of what was expected.</summary>
public sealed class HubContentsTests
{
    private const string ReadLog = "C0 01 C1 00 68 00 00 1E 03 00 FF 02";
    private const string Add = "C3 01 C1 00 68 00 00 1E 03 00 FF 01";
    private const string Answer = "C4 01 C1 00 ";
    private const string Meter = "09 08 90 B3 D5 1F 30 00 00 A0 ";

    private static readonly Eui64 MeterId = Eui64.Parse("90-B3-D5-1F-30-00-00-A0");

    [Fact]
    public async Task Devices_are_read_whatever_is_left_out_of_them()
    {
        SrvResult result = await AskAsync(
            new ReadDeviceLog(),
            (ReadLog, $"{Answer}01 02 02 03 {Meter}09 0C 07 EA 01 05 01 0B 3B 32 00 00 00 00 0F C3 02 03 {Meter}00 00"));

        ((ReadDeviceLogRsp)result.Outcome.Body!).Devices.Should().Equal(
            new HanDeviceLogEntry(MeterId, new DateTimeOffset(2026, 1, 5, 11, 59, 50, TimeSpan.Zero), -61),
            new HanDeviceLogEntry(MeterId));
    }

    [Theory]
    [InlineData("12 00 01")]
    [InlineData("01 01 12 00 01")]
    [InlineData("01 01 02 02 09 08 90 B3 D5 1F 30 00 00 A0 00")]
    [InlineData("01 01 02 03 09 07 90 B3 D5 1F 30 00 00 00 00")]
    [InlineData("01 01 02 03 09 08 90 B3 D5 1F 30 00 00 A0 09 02 07 EA 00")]
    [InlineData("01 02 02 03 09 08 90 B3")]
    public async Task What_is_no_log_of_devices_breaks_the_protocol(string data)
    {
        SrvResult result = await AskAsync(new ReadDeviceLog(), (ReadLog, Answer + data));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError, result.Outcome.Detail);
    }

    [Fact]
    public async Task A_log_of_more_devices_than_a_hub_may_have_breaks_the_protocol()
    {
        string devices = string.Concat(Enumerable.Repeat($"02 03 {Meter}00 00 ", ReadDeviceLogRsp.MaxEntries + 1));

        SrvResult result = await AskAsync(new ReadDeviceLog(), (ReadLog, $"{Answer}01 11 {devices}"));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
    }

    [Fact]
    public async Task An_addition_carries_device_time_and_install_code_and_is_proven_by_the_log()
    {
        List<byte[]> requests = [];

        SrvResult result = await AskAsync(
            new UpdateHANDeviceLog(MeterId, HanLogChange.Add, new HanDeviceJoin(600, "83FED3407A93")),
            requests, (Add, "C7 01 C1 00 00"), (ReadLog, $"{Answer}01 01 02 03 {Meter}00 00"));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        requests.Should().Contain(request => Convert.ToHexString(request).EndsWith(
            "01" + "0203" + "090890B3D51F300000A0" + "120258" + "090683FED3407A93", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hub_that_says_yes_and_does_not_have_the_device_breaks_the_protocol()
    {
        SrvResult result = await AskAsync(
            new UpdateHANDeviceLog(MeterId, HanLogChange.Add, new HanDeviceJoin(600, "83FED3407A93")),
            (Add, "C7 01 C1 00 00"), (ReadLog, $"{Answer}01 00"));

        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.ProtocolError);
        result.Outcome.Detail.Should().Contain("does not have").And.NotContain("83FED3407A93");
    }

    private static Task<SrvResult> AskAsync(SrvRequestBody body, params (string Request, string Answer)[] script) =>
        AskAsync(body, [], script);

    private static async Task<SrvResult> AskAsync(
        SrvRequestBody body, List<byte[]> requests, params (string Request, string Answer)[] script)
    {
        MemoryTransportPair pair = MemoryTransportPair.Create("chf-01");
        await using LockstepLine line = new(pair.Near, pair.Far, new ManualTimeProvider());
        await using ScriptedMeter hub = new(line.Far);
        hub.Answer("60", MeterFrames.VectorApdu("i-aare-none-1byte"));
        foreach ((string request, string answer) in script)
        {
            hub.Answer(request, Convert.FromHexString(answer.Replace(" ", string.Empty, StringComparison.Ordinal)));
        }

        DeviceProfile profile = DeviceProfileLoader.LoadFile(
            Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "generic-smets1-hub.yaml"));
        await using HubDriver driver = new(new HubOptions
        {
            Id = new DeviceId("chf-01"),
            Profile = profile with
            {
                ClientAddress = HdlcAddress.Client(16),
                ServerAddress = HdlcAddress.Server(1),
                MaximumInformationOctets = 128,
                Association = profile.Association with { Mechanism = AuthenticationMechanism.None },
            },
            Transport = line.Near,
            TimeProvider = line.Clock,
        });
        SrvResult result = await driver.ExecuteAsync(body, CancellationToken.None).DefaultTimeout();
        requests.AddRange(hub.Requests);
        return result;
    }
}
