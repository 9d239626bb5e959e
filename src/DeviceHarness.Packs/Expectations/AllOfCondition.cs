using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Expectations;

/// <summary>Several conditions, all of which must be met.</summary>
internal sealed class AllOfCondition(IReadOnlyList<ValueCondition> parts) : ValueCondition
{
    public override IEnumerable<TextTemplate> Templates => parts.SelectMany(part => part.Templates);

    public override string ToString() =>
        string.Join(" and ", parts);

    public override ConditionResult Evaluate(string? found, VariableSet variables)
    {
        ConditionResult[] results = [.. parts.Select(part => part.Evaluate(found, variables))];
        string expected = string.Join(" and ", results.Select(result => result.Expected));
        bool isMet = Array.TrueForAll(results, result => result.IsMet);
        return new ConditionResult(isMet, expected)
        {
            IsOpen = !isMet && Array.TrueForAll(results, result => result.IsMet || result.IsOpen),
        };
    }
}
