using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Packs.Runner;

/// <summary>Keeps cases from a device that could not be put back to its baseline: what they found would say nothing about it.</summary>
internal static class QuarantineRules
{
    /// <summary>Why a case may not run; null when it may.</summary>
    public static string? WhyNot(DeviceBindings devices, RunOptions options)
    {
        foreach (BenchDevice device in devices.ByRole.Values)
        {
            if (options.QuarantineOf?.Invoke(device) is { } reason)
            {
                return $"{device.Id} is in quarantine: {reason}";
            }
        }

        return null;
    }
}
