using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Agent.Replay;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Packs.Evidence;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Transports.Recording;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Bench;

/// <summary>A recorded session at the far end of a pseudo-terminal: <c>via: replay:evidence.json</c>.</summary>
internal sealed class RecordedStation : IAsyncDisposable
{
    private readonly PtyMasterTransport _line;
    private readonly RecordedDevice _device;

    private RecordedStation(PtyMasterTransport line, RecordedDevice device, VirtualPort port) =>
        (_line, _device, Port) = (line, device, port);

    /// <summary>Where clients reach it.</summary>
    public VirtualPort Port { get; }

    /// <summary>Reads the record and opens the pseudo-terminal.</summary>
    /// <exception cref="ConfigurationException">RIG-005: no such file. EVID-001: it is no evidence. REPLAY-003: it has no octets of the
    /// device, its octets were left out, or they do not begin with octets to the device.</exception>
    /// <exception cref="TransportException">No pseudo-terminal is to be had.</exception>
    public static RecordedStation Open(RigDevice device, RigConfiguration rig, string dataFolder, TimeProvider time, ILogger log)
    {
        string file = Path.Combine(rig.Folder, device.Link.Model);
        if (!File.Exists(file))
        {
            throw new ConfigurationException(
                "RIG-005", rig.File, 0, 0, $"devices.{device.Id}.link.via", $"no file {file}", "the evidence of an attempt");
        }

        RecordedDevice recorded = new(
            PiecesOf(EvidenceReader.Read(File.ReadAllBytes(file), file), device, file), time,
            difference => AgentLog.ReplayDiffers(log, device.Id.Value, difference));
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

    /// <summary>The octets of the device's port; of the only port, where the record has another name for it.</summary>
    internal static IReadOnlyList<ReplayPiece> PiecesOf(EvidenceDocument evidence, RigDevice device, string file)
    {
        WireEvidence[] wire = [.. evidence.Steps.SelectMany(step => step.Wire)];
        string[] ports = [.. wire.Select(piece => piece.Port).Distinct(StringComparer.Ordinal)];
        string? port = ports.Contains(device.Id.Value) ? device.Id.Value : ports.Length == 1 ? ports[0] : null;
        ReplayPiece[] pieces =
        [
            .. wire.Where(piece => piece.Port == port).Select(piece => AttemptReplay.Piece(evidence, piece))
                .Where(piece => !piece.Octets.IsEmpty),
        ];
        string problem = (evidence.LeftOut.Length, pieces) switch
        {
            ( > 0, _) => $"evidence without {evidence.LeftOut}",
            (_, []) => $"no octets of {device.Id}; it has those of {string.Join(", ", ports)}",
            (_, [{ Direction: not WireDirection.ToDevice }, ..]) => "octets that begin with an answer",
            _ => string.Empty,
        };
        return problem.Length == 0
            ? pieces
            : throw new ConfigurationException(
                "REPLAY-003", file, 0, 0, "steps.wire", problem, "whole evidence of an attempt that began with octets to the device");
    }
}
