using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Expectations;

/// <summary>The value is a number or a time no further from another than a tolerance.</summary>
internal sealed class WithinCondition(TextTemplate centre, TextTemplate tolerance) : ValueCondition
{
    public override IEnumerable<TextTemplate> Templates => [centre, tolerance];

    public override string ToString() =>
        $"within {tolerance.Text} of {centre.Text}";

    public override ConditionResult Evaluate(string? found, VariableSet variables)
    {
        string centreText = centre.Render(variables);
        string toleranceText = tolerance.Render(variables);
        string expected = $"within {toleranceText} of {centreText}";
        if (Quantity.TryParseNumber(centreText, out decimal number))
        {
            return Quantity.TryParseNumber(toleranceText, out decimal by)
                ? new ConditionResult(Quantity.TryParseNumber(found, out decimal value) && Math.Abs(value - number) <= by, expected)
                : throw tolerance.Wrong(toleranceText, "a number, since the value is one");
        }

        if (!Quantity.TryParseTime(centreText, out DateTimeOffset time))
        {
            throw centre.Wrong(centreText, "a number or a time");
        }

        return Quantity.TryParseDuration(toleranceText, out TimeSpan duration)
            ? new ConditionResult(
                Quantity.TryParseTime(found, out DateTimeOffset moment) && (moment - time).Duration() <= duration, expected)
            : throw tolerance.Wrong(toleranceText, "a duration such as 10s, since the value is a time");
    }
}
