namespace DeviceHarness.Packs.Model;

/// <summary>What a known issue looks like in a case: certain steps are missed, and certain others are met.</summary>
/// <param name="Issue">The id of the Testing Issue, such as <c>110029</c>.</param>
/// <param name="Marks">What must hold of the steps; all of it.</param>
public sealed record IssueSignature(string Issue, IReadOnlyList<StepMark> Marks);

/// <summary>What a signature says about one step.</summary>
/// <param name="Step">The step's number in the case, from 1.</param>
/// <param name="IsMissed">Whether the step must be missed; otherwise it must be met.</param>
public sealed record StepMark(int Step, bool IsMissed)
{
    /// <summary>The mark as a pack writes it.</summary>
    public override string ToString() => FormattableString.Invariant($"{(IsMissed ? "missed" : "met")} {Step}");
}
