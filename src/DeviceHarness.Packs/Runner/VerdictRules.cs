using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Packs.Runner;

/// <summary>The one place that judges: from how a step ended to its verdict.</summary>
/// <remarks>Failed needs a sound link. A silence that cannot be told from a lost link is never Failed, and never Passed unless it was
/// expected.</remarks>
public static class VerdictRules
{
    /// <summary>The table: one verdict for every symptom.</summary>
    public static IReadOnlyDictionary<Symptom, Verdict> Table { get; } = new Dictionary<Symptom, Verdict>
    {
        [Symptom.ExpectationsMet] = Verdict.Passed,
        [Symptom.KnownDeparture] = Verdict.Passed,
        [Symptom.UnexpectedSuccess] = Verdict.Failed,
        [Symptom.ExpectationMissed] = Verdict.Failed,
        [Symptom.NeverMet] = Verdict.Failed,
        [Symptom.SilentOnSoundLink] = Verdict.Failed,
        [Symptom.DeviceRefused] = Verdict.Failed,
        [Symptom.MomentUnproven] = Verdict.Inconclusive,
        [Symptom.Unreachable] = Verdict.Inconclusive,
        [Symptom.SilentLink] = Verdict.Inconclusive,
        [Symptom.BrokenProtocol] = Verdict.Inconclusive,
        [Symptom.BenchBroke] = Verdict.Inconclusive,
        [Symptom.StepTimedOut] = Verdict.Inconclusive,
        [Symptom.BudgetSpent] = Verdict.Inconclusive,
        [Symptom.Cancelled] = Verdict.Inconclusive,
        [Symptom.RequestMalformed] = Verdict.Error,
        [Symptom.HarnessWrong] = Verdict.Error,
        [Symptom.PreconditionUnmet] = Verdict.Blocked,
        [Symptom.NotNeeded] = Verdict.Skipped,
    };

    /// <summary>The verdict of a symptom.</summary>
    public static Verdict Judge(Symptom symptom) => Table[symptom];

    /// <summary>What an expectation means that was missed by no more than the request took, by what a plain miss would mean.</summary>
    public static Symptom OfOpenMiss(Symptom miss) => miss == Symptom.ExpectationMissed ? Symptom.MomentUnproven : miss;

    /// <summary>What a missed expectation means after the bench itself cut the supply while the device activated an image, by what a plain
    /// miss would mean: whatever runs now, it was not the device that stopped.</summary>
    public static Symptom OfMissAfterCut(Symptom miss) => Judge(miss) == Verdict.Failed ? Symptom.MomentUnproven : miss;

    /// <summary>What a missed expectation means of what the bench has to bring, by what a plain miss would mean: the device answered, and
    /// is not to blame for what it told.</summary>
    public static Symptom OfBlockingMiss(Symptom miss) =>
        miss is Symptom.ExpectationMissed or Symptom.NeverMet ? Symptom.PreconditionUnmet : miss;

    /// <summary>What a missed expectation means, by what the device did with the request.</summary>
    /// <param name="outcome">The device's outcome; null when the request never reached a device, or when the service does not tell.</param>
    /// <param name="responseCode">The asynchronous response code; null when there was none.</param>
    public static Symptom OfMiss(DeviceOutcome? outcome, string? responseCode) => (outcome?.Kind, responseCode) switch
    {
        (DeviceOutcomeKind.NotOverThisLink, _) => Symptom.PreconditionUnmet,
        (DeviceOutcomeKind.Unreachable, _) or (null, ResponseCodes.Unreachable) => Symptom.Unreachable,
        (DeviceOutcomeKind.NoAnswer, _) => outcome.LinkAnswersProbe == true ? Symptom.SilentOnSoundLink : Symptom.SilentLink,
        (null, ResponseCodes.NoAnswer) => Symptom.SilentLink,
        (DeviceOutcomeKind.ProtocolError, _) => Symptom.BrokenProtocol,
        _ => Symptom.ExpectationMissed,
    };

    /// <summary>Whether a step that is repeated until it is met goes on after a round: after what the device, or its silence, said. A
    /// bench that broke, a wrong pack or the end of the time end it.</summary>
    public static bool LetsRepeat(Symptom symptom) => symptom is Symptom.ExpectationMissed or Symptom.MomentUnproven
        or Symptom.SilentOnSoundLink or Symptom.SilentLink or Symptom.Unreachable or Symptom.DeviceRefused;

    /// <summary>What the rounds of a step come to that was met in none of them.</summary>
    /// <param name="rounds">How they ended, in order; at least one.</param>
    /// <returns>The first that is not <see cref="Verdict.Failed"/>, since that round might have met it; otherwise the last.</returns>
    public static Symptom OfRounds(IReadOnlyList<Symptom> rounds)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        Symptom[] unproven = [.. rounds.Where(symptom => Judge(symptom) != Verdict.Failed)];
        return unproven.Length > 0 ? unproven[0]
            : rounds[^1] == Symptom.ExpectationMissed ? Symptom.NeverMet
            : rounds[^1];
    }

    /// <summary>What an exception of the harness means.</summary>
    public static Symptom OfException(HarnessException exception) => exception switch
    {
        TransportException or LinkTimeoutException or AdapterException => Symptom.BenchBroke,
        RemoteProtocolException => Symptom.BrokenProtocol,
        DeviceRefusedException => Symptom.DeviceRefused,
        AttemptsSpentException or WrongDeviceException => Symptom.PreconditionUnmet,
        AuthenticationFailedException { IsOtherDevice: true } => Symptom.PreconditionUnmet,
        _ => Symptom.HarnessWrong,
    };
}
