using System.Text.RegularExpressions;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Expectations;

/// <summary>The value matches a regular expression somewhere.</summary>
internal sealed class MatchesCondition(Regex pattern) : ValueCondition
{
    public override IEnumerable<TextTemplate> Templates => [];

    public override string ToString() =>
        $"a text that matches {pattern}";

    public override ConditionResult Evaluate(string? found, VariableSet variables) =>
        new(found is not null && pattern.IsMatch(found), $"a text that matches {pattern}");
}
