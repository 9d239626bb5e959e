namespace DeviceHarness.Drivers.SmartEnergy;

/// <summary>One thing that several devices were asked.</summary>
/// <param name="Question">What.</param>
/// <param name="Forms">The form of the answer of each, in the order in which they were named: a status, unknown, a value, or the code of a
/// fault.</param>
public sealed record FormRow(string Question, IReadOnlyList<string> Forms)
{
    /// <summary>Which devices gave no answer, by their place: their form is the code of that.</summary>
    public IReadOnlyCollection<int> Unanswered { get; init; } = [];

    /// <summary>Whether all answered in the same form.</summary>
    public bool IsAlike => Forms.Distinct(StringComparer.Ordinal).Count() <= 1;
}
