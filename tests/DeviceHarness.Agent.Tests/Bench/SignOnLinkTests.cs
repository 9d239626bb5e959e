using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Security;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Recording;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>The driver behind an optical head: it signs on to the virtual meter that was written from the other side of the standard, over
/// a real pseudo-terminal.</summary>
public sealed class SignOnLinkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_meter_behind_an_optical_head_is_read_twice(bool isPaced)
    {
        RigConfiguration rig = Rig(isPaced, ModelFile("after-disc: sign-on"));
        await using Bench bench = await Bench.ServeAsync(rig, _folder.Path);

        DeviceStation station = Station(rig, bench.Port);
        SrvResult first = await Read(station);
        await station.DisposeAsync();
        station = Station(rig, bench.Port);
        SrvResult second = await Read(station);
        SrvResult third = await Read(station);
        await station.DisposeAsync();

        foreach (SrvResult result in new[] { first, second, third })
        {
            result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
            result.Outcome.Body.As<ReadFirmwareVersionRsp>().FirmwareVersion.Should().Be("4.2.0");
        }
    }

    [Theory]
    [InlineData("silent", DeviceOutcomeKind.Unreachable, "nothing answered the request message")]
    [InlineData("ignores-mode-e", DeviceOutcomeKind.ProtocolError, "with a data read-out")]
    [InlineData("unknown-rate", DeviceOutcomeKind.ProtocolError, "confirmed V 2, Z X, Y 2")]
    [InlineData("faster-than-asked", DeviceOutcomeKind.ProtocolError, "was asked for mode E at 9600 baud and confirmed V 2, Z 6, Y 2")]
    [InlineData("stays-slow", DeviceOutcomeKind.Unreachable, "confirmed 9600 baud, and nothing answered SNRM there")]
    public async Task A_sign_on_that_fails_is_told_with_its_reason(string fault, DeviceOutcomeKind expected, string text)
    {
        RigConfiguration rig = Rig(isPaced: false, ModelFile($"faults: [{fault}]"));
        await using Bench bench = await Bench.ServeAsync(rig, _folder.Path);

        // Only what is awaited in vain may be given up soon: a test machine may stall.
        bool isSilent = fault == "silent";
        DeviceStation station = Station(
            rig, bench.Port, tries: isSilent ? 1 : 2, signOnTimeout: isSilent ? "300ms" : "30s",
            hdlcTimeout: TimeSpan.FromMilliseconds(300));

        SrvResult result = await Read(station);
        await station.DisposeAsync();

        result.Outcome.Kind.Should().Be(expected, result.Outcome.Detail);
        result.Outcome.Detail.Should().Contain(text);
    }

    [Fact]
    public async Task A_meter_behind_an_optical_head_reads_out_what_it_tells_anybody_and_is_then_read_by_HDLC()
    {
        RigConfiguration rig = Rig(isPaced: false, ModelFile("after-disc: sign-on"));
        await using Bench bench = await Bench.ServeAsync(rig, _folder.Path);

        // The meter may be held up longer than the select takes to pass, and then finds the line at the new rate: more tries.
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "patient.yaml"), ProfileText("tries: 10, retry-break: 100ms"));
        RigDevice device = rig.Devices[0] with { Profile = Path.Combine(_folder.Path, "patient") };

        ReadOutListing read = await DeviceReadOut.ReadAsync(rig, device, _folder.Path, TimeProvider.System, CancellationToken.None)
            .DefaultTimeout();
        DeviceStation station = Station(rig, bench.Port);
        SrvResult after = await Read(station);
        await station.DisposeAsync();

        read.Identification.Should().EndWith("ESME");
        read.Baud.Should().Be(9600);
        read.Values.Select(value => value.Address).Should().Equal("0.0.0", "0.9.1", "0.9.2", "1.8.0", "2.8.0");
        read.Values[3].Unit.Should().Be("kWh");
        after.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, after.Outcome.Detail);
    }

    [Fact]
    public async Task A_meter_without_an_optical_port_is_not_read_out()
    {
        RigConfiguration rig = BenchFolder.Parse(BenchFolder.RigText);

        Func<Task> read = () => DeviceReadOut.ReadAsync(
            rig, rig.Devices[0], _folder.Path, TimeProvider.System, CancellationToken.None);

        (await read.Should().ThrowAsync<ConfigurationException>()).Which.Code.Should().Be("RIG-010");
    }

    private static async Task<SrvResult> Read(DeviceStation station) =>
        await station.ExecuteAsync(new ReadFirmwareVersion(), CancellationToken.None).DefaultTimeout();

    private static RigConfiguration Rig(bool isPaced, string model) => RigConfigurationReader.Parse(
        BenchFolder.RigText.Replace(
            "model: rigs/virtual/esme.yaml, paced: false",
            $"model: {model}, baud: 9600, sign-on: iec62056-21-e, paced: {(isPaced ? "true" : "false")}", StringComparison.Ordinal),
        Path.Combine(RepositoryRoot.Path, "rig.yaml"));

    /// <summary>The meter of the repository with a port that waits long for a select: a test machine may stall.</summary>
    private string ModelFile(string change)
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme-optical.yaml"))
            .Replace("after-disc: sign-on", $"select-timeout: 5m, reaction-time: 10ms, {change}", StringComparison.Ordinal);
        string path = Path.Combine(_folder.Path, "model.yaml");
        File.WriteAllText(path, text);
        return path;
    }

    private static string ProfileText(string signOn) =>
        File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "generic-smets1-esme.yaml"))
            .Replace("link:\n", $"link:\n  sign-on: {{ {signOn} }}\n", StringComparison.Ordinal);

    private static DeviceStation Station(
        RigConfiguration rig, string port, int tries = 10, string signOnTimeout = "30s", TimeSpan? hdlcTimeout = null)
    {
        string text = ProfileText($"tries: {tries}, response-timeout: {signOnTimeout}, retry-break: 100ms, switch-pause: 50ms");
        DeviceProfile profile = DeviceProfileLoader.Load(text, "test.yaml").With(
            new DeviceOverrides(hdlcTimeout ?? TimeSpan.FromSeconds(60), hdlcTimeout is null ? 1 : 0));
        return new DeviceStation(
            rig.Devices[0], profile, port, new WireLog(), new ProgressFeed().Of(rig.Devices[0].Id), TimeProvider.System,
            NullLogger.Instance, new MemorySecurityStore());
    }

    /// <summary>A virtual bench that serves until it is disposed of.</summary>
    private sealed class Bench(Task serving, CancellationTokenSource stop, string port) : IAsyncDisposable
    {
        public string Port => port;

        public static async Task<Bench> ServeAsync(RigConfiguration rig, string folder)
        {
            CancellationTokenSource stop = new();
            TaskCompletionSource<IReadOnlyList<VirtualPort>> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Task serving = Task.Run(() => VirtualBenchHost.RunAsync(
                rig, folder, [], ready.SetResult, TimeProvider.System, NullLoggerFactory.Instance, stop.Token));
            return new Bench(serving, stop, (await ready.Task.DefaultTimeout())[0].Path);
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await serving.DefaultTimeout();
            stop.Dispose();
        }
    }
}
