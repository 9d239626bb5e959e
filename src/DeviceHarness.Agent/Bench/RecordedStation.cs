using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Replay;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Transports.Pty;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Bench;

/// <summary>A recorded session at the far end of a pseudo-terminal: <c>via: replay:evidence.json</c>, or a folder of evidence.</summary>
internal sealed class RecordedStation : IAsyncDisposable
{
    private readonly PtyMasterTransport _line;
    private readonly RecordedDevice _device;

    private RecordedStation(PtyMasterTransport line, RecordedDevice device, VirtualPort port) =>
        (_line, _device, Port) = (line, device, port);

    /// <summary>Where clients reach it.</summary>
    public VirtualPort Port { get; }

    /// <summary>Reads the record and opens the pseudo-terminal.</summary>
    /// <exception cref="ConfigurationException">As of <see cref="RecordedSession.Read"/>.</exception>
    /// <exception cref="TransportException">No pseudo-terminal is to be had.</exception>
    public static RecordedStation Open(RigDevice device, RigConfiguration rig, string dataFolder, TimeProvider time, ILogger log)
    {
        RecordedSession session = RecordedSession.Read(device, rig);
        RecordedDevice recorded = new(
            session.Pieces, time, difference => AgentLog.ReplayDiffers(log, device.Id.Value, difference));
        PtyMasterTransport pty = PtyMasterTransport.Create(
            new PtySettings { Name = device.Id.Value, LinkPath = BenchPaths.Port(dataFolder, rig.Name, device.Id) });
        return new RecordedStation(pty, recorded, new VirtualPort(device.Id, pty.ClientPath, pty.SlavePath));
    }

    /// <summary>Serves the record until told to stop; what breaks it is logged, and the others go on.</summary>
    public async Task RunAsync(ILogger log, CancellationToken cancellationToken)
    {
        Task running = _device.RunAsync(_line, cancellationToken);
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (running.Exception is { } failure)
        {
            AgentLog.VirtualDeviceFailed(log, Port.Device.Value, failure.InnerExceptions[0]);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _line.DisposeAsync();
}
