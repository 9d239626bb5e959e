using System.Runtime.CompilerServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Doctor;

/// <summary>Whether each ZigBee adapter answers, and with which firmware. It is reset as at every start; its network stays as it
/// is.</summary>
internal sealed class AdapterCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "adapter";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken)
    {
        List<DoctorFinding> findings = [];
        foreach (RigAdapter adapter in scene.Rig.Adapters)
        {
            findings.Add(await LookAsync(scene, adapter, cancellationToken).ConfigureAwait(false));
        }

        return findings;
    }

    /// <summary>What to do about a fault of an adapter, its port or who holds it.</summary>
    internal static string AdviceOn(HarnessException fault, RigAdapter adapter) => fault switch
    {
        AdapterException { Fault: AdapterFault.Bootloader } => "leave the bootloader by key 2 (run), or flash EmberZNet NCP firmware",
        AdapterException { Fault: AdapterFault.WrongFirmware } => "flash EmberZNet NCP firmware that speaks EZSP 4 to 19 over ASH",
        AdapterException { Fault: AdapterFault.Silent } =>
            "see that 'port' is this adapter, and 'baud' and 'flow-control' are those of its firmware; then unplug it and plug it in again",
        AdapterException => "unplug the adapter and plug it in again; if that does not help, try another one",
        TransportException { Code: "BENCH-002" } => "start 'harness bench up' with the same --rig-config and --data",
        TransportException { Code: "AGENT-002" } => "stop the agent that drives this rig, then look again",
        TransportException => $"see that the adapter is plugged in, that '{adapter.Port}' is its stable name, that this user may open it, "
            + "and that no other program has it open",
        _ => "read what was found: it names the file or setting",
    };

    private async Task<DoctorFinding> LookAsync(DoctorScene scene, RigAdapter adapter, CancellationToken cancellationToken)
    {
        try
        {
            HanBench bench = await HanBench
                .OpenAsync(scene.Rig, adapter.Name, scene.DataFolder, scene.Time, cancellationToken).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable closing = bench.ConfigureAwait(false);
            string network = bench.Network is { } joined ? $"in a network on channel {joined.Channel}" : "in no network";
            return new DoctorFinding(Name, adapter.Name, DoctorState.Good, $"answers: {bench.Firmware}; {network}", string.Empty);
        }
        catch (HarnessException fault)
        {
            return new DoctorFinding(
                Name, adapter.Name, DoctorState.Wrong, $"{fault.Code}: {fault.Message}", AdviceOn(fault, adapter));
        }
    }
}
