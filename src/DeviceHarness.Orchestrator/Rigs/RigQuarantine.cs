using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>Which devices of a rig are in quarantine, as the rig last said. Safe for use from any thread.</summary>
/// <remarks>The rig's own ledger keeps it: an orchestrator that starts knows it again with the first health report.</remarks>
internal sealed class RigQuarantine
{
    private IReadOnlyDictionary<string, string> _byDevice = new Dictionary<string, string>();

    /// <summary>Why cases on a device are blocked; empty when they are not.</summary>
    public string Of(string device) => Volatile.Read(ref _byDevice).GetValueOrDefault(device, string.Empty);

    /// <summary>Takes what a health report says.</summary>
    public void Take(V1.HealthReport report) => Volatile.Write(
        ref _byDevice,
        report.Devices.Where(device => device.Quarantine.Length > 0)
            .GroupBy(device => device.Device, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Quarantine, StringComparer.Ordinal));
}
