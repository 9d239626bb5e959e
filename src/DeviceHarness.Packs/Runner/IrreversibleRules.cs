using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Runner;

/// <summary>Keeps steps that nothing undoes away from real devices, unless somebody said that they may run.</summary>
public static class IrreversibleRules
{
    /// <summary>Why a case may not run; null when it may.</summary>
    /// <remarks>Asked before the first step: a case that stops half-way would leave a device between two states.</remarks>
    internal static string? WhyNot(TestCase testCase, DeviceBindings devices, RunOptions options)
    {
        if (options.AllowIrreversible || devices.Provenance.Origin != Origin.Real)
        {
            return null;
        }

        return testCase.Steps.FirstOrDefault(step => step.Change == StepChange.Irreversible) is { } found
            ? FormattableString.Invariant(
                $"step {found.Number}, '{found.Name}', is irreversible and the devices are real: ")
                + "run the pack with --allow-irreversible"
            : null;
    }
}
