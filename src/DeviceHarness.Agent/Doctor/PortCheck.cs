using System.Runtime.CompilerServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Doctor;

/// <summary>Whether the port of each device opens, what its adapter keeps octets back for, and who holds it otherwise. No octet is
/// sent.</summary>
internal sealed class PortCheck : IDoctorCheck
{
    private static readonly TimeSpan LowLatency = TimeSpan.FromMilliseconds(1);

    /// <inheritdoc/>
    public string Name => "port";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken)
    {
        List<DoctorFinding> findings = [];
        foreach (RigDevice device in scene.Rig.Devices.Where(HasPort))
        {
            findings.Add(await LookAsync(scene, device, cancellationToken).ConfigureAwait(false));
        }

        return findings;
    }

    private static bool HasPort(RigDevice device) => device.Link is { Hub: null, Adapter.Length: 0 };

    private async Task<DoctorFinding> LookAsync(DoctorScene scene, RigDevice device, CancellationToken cancellationToken)
    {
        string path = RigBench.PortOf(device, scene.Rig, scene.DataFolder);
        try
        {
            DevicePort port = await DevicePort.OpenAsync(device, path, scene.Time, cancellationToken).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable closing = port.Transport.ConfigureAwait(false);
            return Opened(scene, device, port);
        }
        catch (TransportException fault)
        {
            string holder = fault.Code == "TRAN-002" && PortHolders.Of(scene.Root, path) is { Count: > 0 } holders
                ? $"; held by {string.Join(", ", holders)}"
                : string.Empty;
            return new DoctorFinding(Name, device.Id.Value, DoctorState.Wrong, $"{fault.Code}: {fault.Message}{holder}", AdviceOn(fault));
        }
    }

    private DoctorFinding Opened(DoctorScene scene, RigDevice device, DevicePort port)
    {
        string found = $"opens: {port.Target}, {port.Adapter}";
        if (device.Link.Via == LinkVia.Serial && PortNames.TroubleWith(device.Link.Port, port.Target, scene.Root) is { } trouble)
        {
            return new DoctorFinding(Name, device.Id.Value, DoctorState.Note, $"{found}; {trouble.Found}", trouble.Advice);
        }

        return port.Adapter.Timer is { } latency && latency > LowLatency
            ? new DoctorFinding(
                Name, device.Id.Value, DoctorState.Note, $"{found}: each answer may be so late",
                "set latency_timer to 1 by a udev rule (that of packaging/folder/udev), or run the agent in the group that may")
            : new DoctorFinding(Name, device.Id.Value, DoctorState.Good, found, string.Empty);
    }

    private static string AdviceOn(TransportException fault) => fault.Code switch
    {
        "BENCH-002" => "start 'harness bench up' with the same --rig-config and --data",
        "TRAN-008" => "put the name by socket that was found into the rig file, and leave the adapter in that socket",
        "TRAN-002" => "end that program; a rig agent holds the ports of its rig: then ask it by 'harness rigs'",
        _ => "see that the adapter is plugged in, that its name in the rig file is right, and that this user is in the group dialout",
    };
}
