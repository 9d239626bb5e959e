using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Expectations;

/// <summary>What a step expects of one service request. Whatever a pack leaves out has the value of a healthy answer.</summary>
public sealed class ServiceExpectation
{
    /// <summary>What the results call the synchronous answer.</summary>
    public const string AcknowledgementSubject = "acknowledgement";

    private const string DccAlertSubject = "DCC alert";

    /// <summary>The synchronous response code; null when the request is to be refused as malformed.</summary>
    public required ValueCondition? Acknowledgement { get; init; }

    /// <summary>The asynchronous response code; null when the request is to be refused as malformed.</summary>
    public required ValueCondition? Response { get; init; }

    /// <summary>What the device did, by the name of its <see cref="DeviceOutcomeKind"/>; null when it does not matter.</summary>
    public required ValueCondition? Outcome { get; init; }

    /// <summary>The attribute MessageSuccess; null when a body that says false is the only wrong one, and not even that where
    /// <see cref="Outcome"/> expects the refusal which it tells.</summary>
    public required bool? Success { get; init; }

    /// <summary>The values of the response body, by path.</summary>
    public required IReadOnlyList<KeyValuePair<string, ValueCondition>> Body { get; init; }

    /// <summary>The DCC alert that follows the response, by the name of its body; null when it does not matter.</summary>
    public ValueCondition? DccAlert { get; init; }

    /// <summary>Where the request is to be refused as malformed; null when it is meant to be well-formed.</summary>
    public required RefusalExpectation? Refusal { get; init; }

    /// <summary>Whether the request is meant to reach its device.</summary>
    public required bool ReachesDevice { get; init; }

    /// <summary>All texts that refer to values.</summary>
    public IEnumerable<TextTemplate> Templates =>
        new[] { Acknowledgement, Response, Outcome, DccAlert, Refusal?.Path, Refusal?.Message }.OfType<ValueCondition>()
            .Concat(Body.Select(entry => entry.Value)).SelectMany(condition => condition.Templates);

    /// <summary>The expectations in words, one line each, with references as the pack writes them.</summary>
    public IReadOnlyList<string> Describe()
    {
        if (Refusal is not null)
        {
            string message = Refusal.Message is null ? string.Empty : $", with the words: {Refusal.Message}";
            return [$"refused as malformed at {Refusal.Path}{message}"];
        }

        List<string> lines = [];
        AddLine(lines, AcknowledgementSubject, Acknowledgement);
        AddLine(lines, "response", Response);
        AddLine(lines, "outcome", Outcome);
        if (Success is { } success)
        {
            lines.Add($"MessageSuccess: {Write(success)}");
        }

        foreach ((string path, ValueCondition condition) in Body)
        {
            AddLine(lines, path, condition);
        }

        AddLine(lines, DccAlertSubject, DccAlert);
        return lines;
    }

    /// <summary>Holds the answers of the service against the expectations.</summary>
    public IReadOnlyList<ExpectationResult> Evaluate(ServiceExchange exchange, VariableSet variables)
    {
        if (Refusal is not null)
        {
            return [new ExpectationResult("refusal", "a refusal as malformed", exchange.Acknowledgement.ResponseCode, IsMet: false)];
        }

        List<ExpectationResult> results = [];
        Add(results, AcknowledgementSubject, exchange.Acknowledgement.ResponseCode, Acknowledgement, variables);
        Add(results, "response", exchange.Response?.ResponseCode, Response, variables);
        Add(results, "outcome", exchange.Outcome?.Kind.ToString(), Outcome, variables);
        bool? success = exchange.Response?.Body?.MessageSuccess;
        bool isRefusalMeant = Outcome is not null && exchange.Outcome?.Kind == DeviceOutcomeKind.Refused && results[^1].IsMet;
        if (Success is not null || (success == false && !isRefusalMeant))
        {
            results.Add(new ExpectationResult("MessageSuccess", Write(Success) ?? "not false", Write(success) ?? ExpectationResult.Nothing,
                success == Success));
        }

        IReadOnlyDictionary<string, string>? values = exchange.Response?.Body?.Values;
        foreach ((string path, ValueCondition condition) in Body)
        {
            Add(results, path, values?.GetValueOrDefault(path), condition, variables);
        }

        Add(results, DccAlertSubject, exchange.Response?.DccAlert?.Body?.ElementName, DccAlert, variables);
        return results;
    }

    /// <summary>Holds a refusal as malformed against the expectations.</summary>
    /// <returns>The results; null when the request was meant to be well-formed.</returns>
    public IReadOnlyList<ExpectationResult>? Evaluate(DuisFormatException refusal, VariableSet variables)
    {
        if (Refusal is null)
        {
            return null;
        }

        List<ExpectationResult> results = [];
        Add(results, "refusal path", refusal.Path, Refusal.Path, variables);
        Add(results, "refusal message", refusal.Message, Refusal.Message, variables);
        return results;
    }

    private static void Add(List<ExpectationResult> results, string subject, string? found, ValueCondition? condition,
        VariableSet variables)
    {
        if (condition is not null)
        {
            results.Add(ExpectationResult.Of(subject, found, condition, variables));
        }
    }

    private static void AddLine(List<string> lines, string subject, ValueCondition? condition)
    {
        if (condition is not null)
        {
            lines.Add($"{subject}: {condition}");
        }
    }

    private static string? Write(bool? value) => value switch { true => "true", false => "false", null => null };
}

/// <summary>Where, and with what words, a request is to be refused as malformed.</summary>
/// <param name="Path">The path of the element at fault.</param>
/// <param name="Message">The words; null when they do not matter.</param>
public sealed record RefusalExpectation(ValueCondition Path, ValueCondition? Message);
