using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Expectations;

/// <summary>The value is a number or a time no further from another, or from what is left of that, than a tolerance.</summary>
/// <remarks>While a request was under way, <c>now</c> went on, and nothing tells at which instant of it a device set or read a clock. So a
/// time is met when it is within the tolerance wherever in the request that instant was, and missed when it is so nowhere.</remarks>
internal sealed class WithinCondition(TextTemplate centre, TextTemplate tolerance, TextTemplate? less = null) : ValueCondition
{
    public override IEnumerable<TextTemplate> Templates => less is null ? [centre, tolerance] : [centre, tolerance, less];

    public override string ToString() =>
        $"within {tolerance.Text} of {centre.Text}{(less is null ? string.Empty : $" less {less.Text}")}";

    public override ConditionResult Evaluate(string? found, VariableSet variables)
    {
        string centreText = centre.Render(variables);
        string toleranceText = tolerance.Render(variables);
        string expected = $"within {toleranceText} of {centreText}";
        if (less is not null)
        {
            decimal rest = Number(centre, centreText) - Number(less, less.Render(variables));
            return new ConditionResult(
                Quantity.TryParseNumber(found, out decimal taken) && Math.Abs(taken - rest) <= Number(tolerance, toleranceText),
                FormattableString.Invariant($"within {toleranceText} of {rest}"));
        }

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

        if (!Quantity.TryParseDuration(toleranceText, out TimeSpan duration))
        {
            throw tolerance.Wrong(toleranceText, "a duration such as 10s, since the value is a time");
        }

        return Quantity.TryParseTime(found, out DateTimeOffset moment)
            ? Judge(moment, AsOfRequest(variables, time), time, duration, expected)
            : new ConditionResult(IsMet: false, expected);
    }

    private static decimal Number(TextTemplate template, string text) =>
        Quantity.TryParseNumber(text, out decimal number) ? number : throw template.Wrong(text, "a number");

    private static ConditionResult Judge(
        DateTimeOffset moment, DateTimeOffset from, DateTimeOffset to, TimeSpan tolerance, string expected)
    {
        TimeSpan before = from - moment;
        TimeSpan after = moment - to;
        TimeSpan nearest = before > after ? before : after;
        bool isMet = before.Duration() <= tolerance && after.Duration() <= tolerance;
        return new ConditionResult(isMet, expected) { IsOpen = !isMet && nearest <= tolerance };
    }

    /// <summary>The centre as it was when the request began.</summary>
    private DateTimeOffset AsOfRequest(VariableSet variables, DateTimeOffset now) =>
        Quantity.TryParseTime(centre.Render(variables.AsOfRequest), out DateTimeOffset time) ? time : now;
}
