using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Expectations;

/// <summary>The value is a number or a time on one side of a bound, the bound included.</summary>
internal sealed class BoundCondition(TextTemplate bound, bool isLower) : ValueCondition
{
    public override IEnumerable<TextTemplate> Templates => [bound];

    public override string ToString() =>
        $"at {(isLower ? "least" : "most")} {bound.Text}";

    public override ConditionResult Evaluate(string? found, VariableSet variables)
    {
        string text = bound.Render(variables);
        int order;
        if (Quantity.TryParseNumber(text, out decimal number))
        {
            order = Quantity.TryParseNumber(found, out decimal value) ? value.CompareTo(number) : Unordered;
        }
        else if (Quantity.TryParseTime(text, out DateTimeOffset time))
        {
            order = Quantity.TryParseTime(found, out DateTimeOffset value) ? value.CompareTo(time) : Unordered;
        }
        else
        {
            throw bound.Wrong(text, "a number or a time");
        }

        return new ConditionResult(order != Unordered && (isLower ? order >= 0 : order <= 0), $"at {(isLower ? "least" : "most")} {text}");
    }

    private const int Unordered = int.MinValue;
}
