using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Expectations;

/// <summary>A register went on from an earlier reading and no faster than a rate allows.</summary>
/// <remarks>The time runs from the earlier reading's step's beginning to now, so it is never too short, and the upper bound never too
/// tight.</remarks>
internal sealed class AdvancedCondition(
    TextTemplate from, TextTemplate since, TextTemplate atMostPerHour, TextTemplate resolution) : ValueCondition
{
    public override IEnumerable<TextTemplate> Templates => [from, since, atMostPerHour, resolution];

    public override string ToString() =>
        $"on from {from.Text} by at most {atMostPerHour.Text} an hour since {since.Text} (resolution {resolution.Text})";

    public override ConditionResult Evaluate(string? found, VariableSet variables)
    {
        decimal start = Number(from, variables);
        decimal hours = (decimal)(variables.Now - Time(since, variables)).TotalHours;
        decimal highest = decimal.Round(start + (Number(atMostPerHour, variables) * hours) + Number(resolution, variables), 3);
        bool isMet = Quantity.TryParseNumber(found, out decimal value) && value >= start && value <= highest;
        return new ConditionResult(isMet, FormattableString.Invariant($"from {start} to {highest}"));
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
