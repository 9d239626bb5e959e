using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Evidence;

namespace DeviceHarness.Agent.Replay;

/// <summary>What came out of a replayed request, held against what came out of it then.</summary>
internal static class ReplayedAnswer
{
    /// <summary>How a dialogue ended, in words.</summary>
    public static string Text(OutcomeEvidence outcome) => Text(outcome.Kind, outcome.DeviceCode, outcome.LinkAnswersProbe);

    /// <summary>How a dialogue ended, in words.</summary>
    public static string Text(DeviceOutcome outcome) => Text(outcome.Kind.ToString(), outcome.DeviceCode, outcome.LinkAnswersProbe);

    /// <summary>The first difference; null when there is none.</summary>
    /// <param name="request">The request with what it came to then.</param>
    /// <param name="replayed">What it comes to now.</param>
    public static string? Compare(RequestEvidence request, DeviceOutcome replayed)
    {
        string was = Text(request.Outcome!);
        string now = Text(replayed);
        if (was != now)
        {
            return $"the outcome was {was} and is {now}";
        }

        if (request.ResponseXml is not { } xml
            || DuisResponseReader.Read(xml).Message.Content is not Smets1ResponseMessage message)
        {
            // The User got no answer of the device, as when one was lost on purpose: there is nothing to hold this one against.
            return null;
        }

        IReadOnlyDictionary<string, string> before = ValuesOf(message, out bool isAlert);
        IReadOnlyDictionary<string, string> after = replayed.Body?.Values ?? new Dictionary<string, string>();
        foreach (string path in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            string? old = before.GetValueOrDefault(path);
            string? fresh = after.GetValueOrDefault(path);
            bool isMasked = old?.Contains(EvidenceDocument.MaskedOctet, StringComparison.Ordinal) == true;
            if (old != fresh && !isMasked && !(isAlert && path is nameof(SrvResponseBody.MessageSuccess) or AlertTime))
            {
                return $"{path} of the response was '{old}' and is '{fresh}'";
            }
        }

        return null;
    }

    // An alert that stands for the answer has the time of the bench's own clock when it was heard, and says success by its code.
    private const string AlertTime = "Timestamp";

    private static IReadOnlyDictionary<string, string> ValuesOf(Smets1ResponseMessage message, out bool isAlert)
    {
        isAlert = message is { Body: null, DeviceAlertXml: not null };
        return isAlert
            ? XElement.Parse(message.DeviceAlertXml!).Descendants().Where(element => !element.HasElements)
                .ToDictionary(element => element.Name.LocalName, element => element.Value)
            : message.Body?.Values ?? new Dictionary<string, string>();
    }

    private static string Text(string kind, int? code, bool? answersProbe) =>
        kind + (code is null ? string.Empty : $" {code}") + (answersProbe is null ? string.Empty : $" (link answers: {answersProbe})");
}
