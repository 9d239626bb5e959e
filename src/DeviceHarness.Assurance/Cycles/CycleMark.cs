namespace DeviceHarness.Assurance.Cycles;

/// <summary>A person's word on what a cycle was run for; the last one holds and all are kept.</summary>
/// <param name="CycleId">The cycle.</param>
/// <param name="Purpose">What it was run for.</param>
/// <param name="Who">Who says so; not empty.</param>
/// <param name="Reason">Why; not empty.</param>
public sealed record CycleMark(string CycleId, CyclePurpose Purpose, string Who, string Reason)
{
    /// <summary>Why it cannot be taken; empty when it can.</summary>
    public string WhyNot()
    {
        if (Who.Length == 0 || Reason.Length == 0)
        {
            return "to say what a cycle was run for needs who says so and a reason";
        }

        return Purpose is { Kind: CycleKind.Regression, Scope.Dmc.Length: 0 }
            ? "a regression cycle needs the Device Model Combination that it is for"
            : string.Empty;
    }
}
