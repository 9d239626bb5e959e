using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>How the adapters of a rig's ports are set, as the rig last said. Safe for use from any thread.</summary>
/// <remarks>No part of the baseline: a setting explains a latency, and changes no device.</remarks>
internal sealed class RigAdapters
{
    private IReadOnlyDictionary<string, V1.AdapterSetting> _byDevice = new Dictionary<string, V1.AdapterSetting>();

    /// <summary>The setting of a device's adapter; null when its port is not open, or the rig said nothing of it.</summary>
    public V1.AdapterSetting? Of(string device) => Volatile.Read(ref _byDevice).GetValueOrDefault(device);

    /// <summary>Takes what a hello says.</summary>
    public void Take(IEnumerable<V1.Device> devices) => Keep(devices.Select(device => (device.Id, (V1.AdapterSetting?)device.Adapter)));

    /// <summary>Takes what a health report says.</summary>
    public void Take(V1.HealthReport report) => Keep(report.Devices.Select(device => (device.Device, (V1.AdapterSetting?)device.Adapter)));

    private void Keep(IEnumerable<(string Device, V1.AdapterSetting? Setting)> settings)
    {
        Dictionary<string, V1.AdapterSetting> byDevice = new(StringComparer.Ordinal);
        foreach ((string device, V1.AdapterSetting? setting) in settings)
        {
            if (setting is not null)
            {
                byDevice[device] = setting;
            }
        }

        Volatile.Write(ref _byDevice, byDevice);
    }
}
