using System.Text.RegularExpressions;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Expectations;

/// <summary>The value is one of a list of texts, exactly as written.</summary>
internal sealed class OneOfCondition(IReadOnlyList<TextTemplate> allowed) : ValueCondition
{
    public override IEnumerable<TextTemplate> Templates => allowed;

    public override ConditionResult Evaluate(string? found, VariableSet variables)
    {
        if (allowed is [var only])
        {
            string text = only.Render(variables);
            return new ConditionResult(found == text, text);
        }

        string[] texts = [.. allowed.Select(template => template.Render(variables))];
        return new ConditionResult(found is not null && texts.Contains(found, StringComparer.Ordinal), string.Join(" or ", texts));
    }
}

/// <summary>The value matches a regular expression somewhere.</summary>
internal sealed class MatchesCondition(Regex pattern) : ValueCondition
{
    public override IEnumerable<TextTemplate> Templates => [];

    public override ConditionResult Evaluate(string? found, VariableSet variables) =>
        new(found is not null && pattern.IsMatch(found), $"a text that matches {pattern}");
}

/// <summary>The value is there, or is not.</summary>
internal sealed class PresentCondition(bool isPresent) : ValueCondition
{
    public override IEnumerable<TextTemplate> Templates => [];

    public override ConditionResult Evaluate(string? found, VariableSet variables) =>
        new(found is not null == isPresent, isPresent ? "any value" : ExpectationResult.Nothing);
}

/// <summary>The value is a number or a time on one side of a bound, the bound included.</summary>
internal sealed class BoundCondition(TextTemplate bound, bool isLower) : ValueCondition
{
    public override IEnumerable<TextTemplate> Templates => [bound];

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

/// <summary>The value is a number or a time no further from another than a tolerance.</summary>
internal sealed class WithinCondition(TextTemplate centre, TextTemplate tolerance) : ValueCondition
{
    public override IEnumerable<TextTemplate> Templates => [centre, tolerance];

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

/// <summary>A register went on from an earlier reading and no faster than a rate allows.</summary>
/// <remarks>The time runs from the earlier reading's step's beginning to now, so it is never too short, and the upper bound never too
/// tight.</remarks>
internal sealed class AdvancedCondition(
    TextTemplate from, TextTemplate since, TextTemplate atMostPerHour, TextTemplate resolution) : ValueCondition
{
    public override IEnumerable<TextTemplate> Templates => [from, since, atMostPerHour, resolution];

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

/// <summary>Several conditions, all of which must be met.</summary>
internal sealed class AllOfCondition(IReadOnlyList<ValueCondition> parts) : ValueCondition
{
    public override IEnumerable<TextTemplate> Templates => parts.SelectMany(part => part.Templates);

    public override ConditionResult Evaluate(string? found, VariableSet variables)
    {
        ConditionResult[] results = [.. parts.Select(part => part.Evaluate(found, variables))];
        string expected = string.Join(" and ", results.Select(result => result.Expected));
        return new ConditionResult(Array.TrueForAll(results, result => result.IsMet), expected);
    }
}
