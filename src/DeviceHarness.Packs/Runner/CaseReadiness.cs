using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Packs.Runner;

/// <summary>Whether a bench can run a case: the rules that each attempt begins with, for whoever wants to know before.</summary>
public static class CaseReadiness
{
    /// <summary>Why a case would be Blocked on a bench as it is now; null when it can run. Nothing is sent.</summary>
    /// <param name="testCase">The case.</param>
    /// <param name="bench">The bench.</param>
    /// <param name="options">How it would be run.</param>
    public static string? WhyNot(TestCase testCase, ITestBench bench, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(bench);
        return DeviceBindings.TryBind(testCase, bench.Devices, out DeviceBindings devices, out string? missing)
            ? WhyNot(testCase, devices, bench, options)
            : missing;
    }

    /// <summary>The same where every role has its device.</summary>
    internal static string? WhyNot(TestCase testCase, DeviceBindings devices, ITestBench bench, RunOptions options) =>
        QuarantineRules.WhyNot(devices, options.QuarantineOf) ?? UnmetPrecondition(testCase, devices, bench)
        ?? IrreversibleRules.WhyNot(testCase, devices, options) ?? WearRules.WhyNot(testCase, devices, options.WearLeftOf)
        ?? ImageRules.WhyNot(testCase, devices, options)
        ?? ImagePairRules.WhyNot(testCase, devices, bench.Inventory) ?? PowerRules.WhyNot(testCase, devices, bench)
        ?? DuisVersionRules.WhyNot(testCase, bench);

    private static string? UnmetPrecondition(TestCase testCase, DeviceBindings devices, ITestBench bench)
    {
        foreach (Precondition precondition in testCase.Preconditions)
        {
            BenchDevice? device = devices.Find(precondition.DeviceRole);
            DeviceStatus? status = device is null ? null : bench.Inventory.Find(device.Eui64)?.Status;
            if (status != precondition.Status)
            {
                string name = device?.Id.Value ?? precondition.DeviceRole;
                return $"precondition: {name} is {status?.ToString() ?? "not in the inventory"}, not {precondition.Status}";
            }
        }

        return null;
    }
}
