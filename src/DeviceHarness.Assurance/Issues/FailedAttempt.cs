using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Issues;

/// <summary>A failed attempt with what a Testing Issue needs of it.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="Evidence">What its agent says for an issue; null when it says nothing.</param>
/// <param name="Steps">Its finished steps, in order.</param>
/// <param name="Devices">The cycle's device set.</param>
/// <param name="PassedBefore">Whether the same case passed before on the very same device set and firmware.</param>
public sealed record FailedAttempt(
    string CaseId, string Reason, IssueEvidence? Evidence, IReadOnlyList<Step> Steps, IReadOnlyList<DeviceBaseline> Devices,
    bool PassedBefore)
{
    private const string CleanUp = "clean-up: ";

    /// <summary>The step that decided: the one that the agent names, else the first that failed; null when none did.</summary>
    public Step? Deciding => Steps.FirstOrDefault(step => step.Index == Evidence?.Step)
        ?? Steps.FirstOrDefault(step => step.Verdict == Verdict.Failed);

    /// <summary>By what the failure is known again.</summary>
    public Fingerprint Fingerprint
    {
        get
        {
            Step? step = Deciding;
            DeviceBaseline? device = DeviceOf(step);
            string stated = Evidence?.Symptom ?? string.Empty;
            return new Fingerprint(
                CaseId,
                SrvOf(step),
                step?.Name ?? string.Empty,
                SymptomText.Normalise(stated.Length > 0 ? stated : step?.Reason ?? Reason),
                device is null ? string.Empty : $"{device.Device.DeviceType} {device.Device.Profile}",
                device?.Inventory.FirmwareVersion ?? string.Empty);
        }
    }

    /// <summary>The known issue whose signature the attempt shows; null when it shows none that is known.</summary>
    public KnownIssue? Known => Evidence is { KnownIssue.Length: > 0 } evidence ? KnownIssues.Find(evidence.KnownIssue) : null;

    /// <summary>What is known: by the attempt, then by the known issue that it shows.</summary>
    public IssueFacts Facts
    {
        get
        {
            KnownIssue? known = Known;
            bool knowsEffect = Evidence is { Effect: not EffectAchieved.Unknown };
            bool knowsOutcome = Evidence is { Outcome: not OutcomeReported.Unknown };
            return new IssueFacts
            {
                Effect = knowsEffect ? Evidence!.Effect : known?.Effect ?? EffectAchieved.Unknown,
                EffectSource = knowsEffect ? Evidence!.EffectSource : SourceOf(known),
                Outcome = knowsOutcome ? Evidence!.Outcome : known?.Outcome ?? OutcomeReported.Unknown,
                OutcomeSource = knowsOutcome ? Evidence!.OutcomeSource : SourceOf(known),
                CauseKnown = known?.CauseKnown ?? false,
                WorkaroundAccepted = known is { Workaround.Length: > 0 },
                Spread = known?.Spread ?? (PassedBefore ? Spread.Partial : Spread.Unknown),
            };
        }
    }

    /// <summary>The title of the issue that it raises.</summary>
    public string Title
    {
        get
        {
            Fingerprint fingerprint = Fingerprint;
            string[] parts = [fingerprint.CaseId, fingerprint.ServiceReferenceVariant, $"{fingerprint.Step}: {fingerprint.Symptom}"];
            return string.Join(' ', parts.Where(part => part.Length > 0));
        }
    }

    private static string SourceOf(KnownIssue? known) => known is null ? string.Empty : $"known issue {known.Id}";

    private string SrvOf(Step? step)
    {
        if (step is { ServiceReferenceVariant.Length: > 0 })
        {
            return step.ServiceReferenceVariant;
        }

        // A step that only looks, such as at a log, is about the last request before it.
        return Steps.LastOrDefault(before => before.Index < (step?.Index ?? int.MaxValue)
            && before.ServiceReferenceVariant.Length > 0
            && !before.Name.StartsWith(CleanUp, StringComparison.Ordinal))?.ServiceReferenceVariant ?? string.Empty;
    }

    private DeviceBaseline? DeviceOf(Step? step)
    {
        string? name = step is { Device.Length: > 0 } ? step.Device : Steps.FirstOrDefault(other => other.Device.Length > 0)?.Device;
        return Devices.FirstOrDefault(device => device.Device.Id.Value == name);
    }
}
