using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Runner;

/// <summary>Keeps cases from a device that has been worn as much as it may be.</summary>
internal static class WearRules
{
    /// <summary>Why a case may not run; null when it may.</summary>
    /// <remarks>Asked before the first step, of all its steps and rounds: a case that stops half-way would leave a device between two
    /// states.</remarks>
    /// <param name="testCase">The case.</param>
    /// <param name="devices">The devices of the case.</param>
    /// <param name="leftOf">Says how often a device may still be worn; null, or a null answer, when nobody counts.</param>
    public static string? WhyNot(TestCase testCase, DeviceBindings devices, Func<BenchDevice, int?>? leftOf)
    {
        IEnumerable<(string Role, int Times)> wears = testCase.Steps.Concat(testCase.Cleanup)
            .Where(step => step is { Change: StepChange.Wearing, TouchesDevice: true })
            .GroupBy(step => step.DeviceRoles.FirstOrDefault() ?? testCase.Device)
            .Select(steps => (steps.Key, steps.Sum(step => step.Rounds)));
        foreach ((string role, int times) in wears)
        {
            if (devices.Find(role) is { } device && leftOf?.Invoke(device) is { } left && left < times)
            {
                return $"{device.Id} may be sent {left} more commands that wear it out, and the case sends {times}: see 'harness doctor', "
                    + "and 'wear-limit' in the rig file";
            }
        }

        return null;
    }
}
