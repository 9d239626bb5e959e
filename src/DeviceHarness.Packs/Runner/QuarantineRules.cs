using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Packs.Runner;

/// <summary>Keeps cases from a device that could not be put back to its baseline: what they found would say nothing about it.</summary>
internal static class QuarantineRules
{
    /// <summary>Why a case may not run; null when it may.</summary>
    /// <param name="devices">The devices of the case.</param>
    /// <param name="quarantineOf">Says why a device is in quarantine; null, or a null answer, when it is not.</param>
    public static string? WhyNot(DeviceBindings devices, Func<BenchDevice, string?>? quarantineOf)
    {
        foreach (BenchDevice device in devices.ByRole.Values)
        {
            if (quarantineOf?.Invoke(device) is { } reason)
            {
                return $"{device.Id} is in quarantine: {reason}";
            }
        }

        return null;
    }
}
