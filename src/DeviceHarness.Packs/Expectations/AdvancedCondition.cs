using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Expectations;

/// <summary>A register went on from an earlier reading, by a least amount where there is one, and no faster than a rate allows.</summary>
/// <remarks>The time runs from the earlier reading's step's beginning to now, so it is never too short, and the upper bound never too
/// tight.</remarks>
internal sealed class AdvancedCondition(
    TextTemplate from, TextTemplate since, TextTemplate atMostPerHour, TextTemplate resolution, TextTemplate? byAtLeast)
    : ValueCondition
{
    public override IEnumerable<TextTemplate> Templates =>
        byAtLeast is null ? [from, since, atMostPerHour, resolution] : [from, since, atMostPerHour, resolution, byAtLeast];

    public override string ToString() =>
        $"on from {from.Text} by {(byAtLeast is null ? string.Empty : $"at least {byAtLeast.Text} and ")}"
        + $"at most {atMostPerHour.Text} an hour since {since.Text} (resolution {resolution.Text})";

    public override ConditionResult Evaluate(string? found, VariableSet variables)
    {
        decimal start = Number(from, variables);
        decimal hours = (decimal)(variables.Now - Time(since, variables)).TotalHours;
        decimal highest = decimal.Round(start + (Number(atMostPerHour, variables) * hours) + Number(resolution, variables), 3);
        decimal lowest = start + (byAtLeast is null ? 0 : Number(byAtLeast, variables));
        bool isMet = Quantity.TryParseNumber(found, out decimal value) && value >= lowest && value <= highest;
        return new ConditionResult(isMet, FormattableString.Invariant($"from {lowest} to {highest}"));
    }

    private static decimal Number(TextTemplate template, VariableSet variables)
    {
        string text = template.Render(variables);
        return Quantity.TryParseNumber(text, out decimal value) ? value : throw template.Wrong(text, "a number");
    }

    private static DateTimeOffset Time(TextTemplate template, VariableSet variables)
    {
        string text = template.Render(variables);
        return Quantity.TryParseTime(text, out DateTimeOffset value) ? value : throw template.Wrong(text, "a time");
    }
}
