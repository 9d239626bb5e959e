using System.Globalization;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Expectations;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Steps;

/// <summary>Holds what came back on a Service Request against what a step expects of it.</summary>
internal static class RequestJudgement
{
    /// <summary>Holds the answers against the expectations, and keeps what later steps use.</summary>
    /// <param name="request">The request.</param>
    /// <param name="exchange">Its answers.</param>
    /// <param name="started">When the step began.</param>
    /// <param name="expectation">What is expected.</param>
    /// <param name="captures">What is kept.</param>
    /// <param name="context">The attempt.</param>
    public static StepReport Report(
        RequestTrace request, ServiceExchange exchange, DateTimeOffset started, ServiceExpectation expectation,
        IReadOnlyList<Capture> captures, StepContext context)
    {
        RequestTrace trace = request with { Exchange = exchange };
        IReadOnlyList<ExpectationResult> results = expectation.Evaluate(exchange, context.Variables);
        ExpectationResult? missed =
            results.FirstOrDefault(result => !result.IsMet && !result.IsOpen) ?? results.FirstOrDefault(result => !result.IsMet);
        if (missed is not null)
        {
            // The acknowledgement comes from the service alone: no state of the link excuses a wrong one.
            Symptom symptom = missed.Subject == ServiceExpectation.AcknowledgementSubject || expectation.Refusal is not null
                ? Symptom.ExpectationMissed
                : VerdictRules.OfMiss(exchange.Outcome, exchange.Response?.ResponseCode);
            symptom = missed.IsOpen ? VerdictRules.OfOpenMiss(symptom) : symptom;
            return new StepReport(symptom, Describe(missed, exchange)) { Request = trace, Expectations = results };
        }

        Dictionary<string, string> captured = new(StringComparer.Ordinal);
        foreach (Capture capture in captures)
        {
            if (capture.Find(exchange, started) is not { } value)
            {
                ExpectationResult absent = new($"capture {capture.Name}", $"a value at {capture.Path}", ExpectationResult.Nothing,
                    IsMet: false);
                return new StepReport(VerdictRules.OfMiss(exchange.Outcome, exchange.Response?.ResponseCode), Describe(absent, exchange))
                {
                    Request = trace,
                    Expectations = [.. results, absent],
                };
            }

            captured[capture.Name] = value;
            context.Variables.Capture(capture.Name, value);
        }

        return StepReport.Done with { Request = trace, Expectations = results, Captured = captured };
    }

    /// <summary>Says what was missed, and what the device did meanwhile.</summary>
    public static string Describe(ExpectationResult missed, ServiceExchange? exchange = null)
    {
        string open = missed.IsOpen ? ", which the request's own time may explain" : string.Empty;
        string reason = $"{missed.Subject}: expected {missed.Expected}, found {missed.Found}{open}";
        if (exchange?.Outcome is not { } outcome || outcome.Kind == DeviceOutcomeKind.Done)
        {
            return reason;
        }

        string probe = outcome.LinkAnswersProbe switch
        {
            true => "; the link answers a probe",
            false => "; the link answers no probe",
            null => string.Empty,
        };
        string detail = outcome.Detail.Length == 0 ? string.Empty : $": {outcome.Detail}";
        string code = outcome.DeviceCode is { } number ? string.Create(CultureInfo.InvariantCulture, $" {number}") : string.Empty;
        return $"{reason} (device {outcome.Kind}{code}{detail}{probe})";
    }
}
