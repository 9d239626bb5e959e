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
        bool isOpen = false;
        if (Quantity.TryParseNumber(text, out decimal number))
        {
            order = Quantity.TryParseNumber(found, out decimal value) ? value.CompareTo(number) : Unordered;
        }
        else if (Quantity.TryParseTime(text, out DateTimeOffset time))
        {
            order = Quantity.TryParseTime(found, out DateTimeOffset value) ? value.CompareTo(time) : Unordered;
            bool wasMet = order != Unordered && Quantity.TryParseTime(bound.Render(variables.AsOfRequest), out DateTimeOffset before)
                && IsMet(value.CompareTo(before));

            // The bound went on while the request was under way: what one end of that time meets and the other misses proves nothing.
            isOpen = order != Unordered && wasMet != IsMet(order);
        }
        else
        {
            throw bound.Wrong(text, "a number or a time");
        }

        return new ConditionResult(IsMet(order) && !isOpen, $"at {(isLower ? "least" : "most")} {text}") { IsOpen = isOpen };
    }

    private bool IsMet(int order) => order != Unordered && (isLower ? order >= 0 : order <= 0);

    private const int Unordered = int.MinValue;
}
