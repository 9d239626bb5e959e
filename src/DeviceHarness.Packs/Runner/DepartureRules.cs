using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Runner;

/// <summary>Holds what a device did against what its model is known to do otherwise: an expected refusal passes under its name, and a
/// success where a refusal was expected is a finding. What is sent, and in which order, is not touched.</summary>
internal static class DepartureRules
{
    /// <summary>Judges the end of a step anew.</summary>
    /// <param name="report">How it ended; of a step that is repeated, how all its rounds did.</param>
    /// <param name="srv">The service reference variant that it sent.</param>
    /// <param name="device">The device that it was sent to; null when it is none of the bench.</param>
    public static StepReport Judge(StepReport report, string srv, BenchDevice? device)
    {
        if (device?.Departures.FirstOrDefault(departure => departure.ServiceReferenceVariants.Contains(srv)) is not { } known
            || report.Request?.Exchange?.Outcome is not { } outcome)
        {
            return report;
        }

        // A refusal without the device's own code is the driver's: the device was not asked.
        return (outcome.Kind, report.Symptom) switch
        {
            (DeviceOutcomeKind.Refused, Symptom.ExpectationMissed or Symptom.NeverMet or Symptom.ExpectationsMet)
                when outcome.DeviceCode is not null => report with
                {
                    Symptom = Symptom.KnownDeparture,
                    Reason = $"{device.Profile} departs as known, {srv} is refused: {known}",
                },
            (DeviceOutcomeKind.Done, Symptom.ExpectationsMet) when known.Kind == DepartureKind.Refused => report with
            {
                Symptom = Symptom.UnexpectedSuccess,
                Reason = $"{device.Profile} is known to refuse {srv}, and it was carried out: {known}",
            },
            _ => report,
        };
    }

    /// <summary>Whether a step that departs as known has missed what it expected: the case goes on as after any other miss.</summary>
    public static bool IsMissed(StepReport report) =>
        report.Symptom == Symptom.KnownDeparture && report.Expectations.Any(expectation => !expectation.IsMet);
}
