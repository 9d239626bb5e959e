using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Expectations;

/// <summary>What a found value must satisfy.</summary>
public abstract class ValueCondition
{
    /// <summary>The texts in which the condition refers to values.</summary>
    public abstract IEnumerable<TextTemplate> Templates { get; }

    /// <summary>The condition in words, with its references as the pack writes them.</summary>
    public abstract override string ToString();

    /// <summary>Holds a found value against the condition.</summary>
    /// <param name="found">The value; null when there is none.</param>
    /// <param name="variables">The values that the condition refers to.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">A value that the condition refers to is unknown or of the wrong
    /// kind.</exception>
    public abstract ConditionResult Evaluate(string? found, VariableSet variables);
}

/// <summary>Whether a condition was met.</summary>
/// <param name="IsMet">Whether it was.</param>
/// <param name="Expected">What was expected, for evidence, with all values filled in.</param>
public readonly record struct ConditionResult(bool IsMet, string Expected)
{
    /// <summary>Whether it is not met by no more than the time that the request took, which proves neither.</summary>
    public bool IsOpen { get; init; }
}

/// <summary>One expectation of a step, held against what was found.</summary>
/// <param name="Subject">What was looked at, such as <c>response</c> or <c>body FirmwareVersion</c>.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Found">What was found; <c>nothing</c> when there was no value.</param>
/// <param name="IsMet">Whether the expectation was met.</param>
public sealed record ExpectationResult(string Subject, string Expected, string Found, bool IsMet)
{
    /// <summary>Whether it is not met by no more than the time that the request took, which proves neither.</summary>
    public bool IsOpen { get; init; }

    /// <summary>What stands for a value that is not there.</summary>
    public const string Nothing = "nothing";

    /// <summary>Holds a found value against a condition.</summary>
    internal static ExpectationResult Of(string subject, string? found, ValueCondition condition, VariableSet variables)
    {
        ConditionResult result = condition.Evaluate(found, variables);
        return new ExpectationResult(subject, result.Expected, found ?? Nothing, result.IsMet) { IsOpen = result.IsOpen };
    }
}
