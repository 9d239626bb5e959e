using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Security;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Recording;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>The driver over each kind of link, against the virtual meter that was written from the other side of the standard.</summary>
public sealed class LinkKindsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("esme.yaml", "hdlc", 128, 1, "server-address: { upper: 1, octets: 1 }")]
    [InlineData("esme-tcp.yaml", "wrapper", 128, 1, "server-address: { upper: 1, octets: 1 }")]
    [InlineData("esme-wide.yaml", "hdlc", 1024, 7, "server-address: { upper: 1, lower: 1017, octets: 4 }")]
    [InlineData("esme-wide.yaml", "hdlc", 32, 3, "server-address: { upper: 1, lower: 1017, octets: 4 }")]
    public async Task Reads_are_answered_over_each_kind_of_link(string model, string framing, int information, int window, string address)
    {
        RigConfiguration rig = Rig(model, framing);
        using CancellationTokenSource stop = new();
        TaskCompletionSource<IReadOnlyList<VirtualPort>> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task serving = Task.Run(() => VirtualBenchHost.RunAsync(
            rig, _folder.Path, [], ready.SetResult, TimeProvider.System, NullLoggerFactory.Instance, stop.Token));
        string port = (await ready.Task.DefaultTimeout())[0].Path;
        DeviceStation station = new(
            rig.Devices[0], Profile(information, window, address), port, new WireLog(),
            new ProgressFeed().Of(rig.Devices[0].Id), TimeProvider.System, NullLogger.Instance, new MemorySecurityStore());

        SrvResult version = await station.ExecuteAsync(new ReadFirmwareVersion(), CancellationToken.None).DefaultTimeout();
        SrvResult registers = await station.ExecuteAsync(new ReadInstantaneousImportRegisters(), CancellationToken.None).DefaultTimeout();
        string? fault = await station.CheckPortAsync();
        await station.DisposeAsync();
        await stop.CancelAsync();
        await serving.DefaultTimeout();

        version.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, version.Outcome.Detail);
        version.Outcome.Body.As<ReadFirmwareVersionRsp>().FirmwareVersion.Should().Be("4.2.0");
        registers.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, registers.Outcome.Detail);
        registers.Latency.AssociationOpen.Should().BeTrue();
        fault.Should().BeNull();
    }

    private static RigConfiguration Rig(string model, string framing) => RigConfigurationReader.Parse(
        BenchFolder.RigText.Replace(
            "model: rigs/virtual/esme.yaml", $"model: rigs/virtual/{model}, framing: {framing}", StringComparison.Ordinal),
        Path.Combine(RepositoryRoot.Path, "rig.yaml"));

    private static DeviceProfile Profile(int information, int window, string address)
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "generic-smets1-esme.yaml"))
            .Replace("maximum-information: 128", $"maximum-information: {information}", StringComparison.Ordinal)
            .Replace("window: 1 ", $"window: {window} ", StringComparison.Ordinal)
            .Replace("server-address: { upper: 1, octets: 1 }", address, StringComparison.Ordinal);
        return DeviceProfileLoader.Load(text, "test.yaml").With(new DeviceOverrides(TimeSpan.FromSeconds(60), 1));
    }
}
