using System.Globalization;
using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Runner;

/// <summary>The rounds of one step that is repeated until it is met. Not safe for several threads.</summary>
internal sealed class StepRounds(RepeatUntil repeat, TimeProvider time)
{
    private readonly List<Symptom> _symptoms = [];
    private readonly long _first = time.GetTimestamp();
    private TimeSpan _planned = TimeSpan.Zero;

    /// <summary>The number of the round that is under way or comes next, from 1.</summary>
    public int Round { get; private set; } = 1;

    /// <summary>Whether the last round is over.</summary>
    public bool IsOver { get; private set; }

    private TimeSpan Elapsed => time.GetElapsedTime(_first);

    /// <summary>Waits until the next round is to begin; nothing is thrown when the token ends the wait.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan pause = _planned - Elapsed;
        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes what a round found, and says what is to be recorded of it.</summary>
    /// <returns>The report of a round before the last with its number; the last one with what all of them come to.</returns>
    public StepReport End(StepReport report)
    {
        _symptoms.Add(report.Symptom);
        TimeSpan elapsed = Elapsed;
        if (report.Symptom == Symptom.ExpectationsMet || !VerdictRules.LetsRepeat(report.Symptom))
        {
            IsOver = true;
            return Round == 1 || report.Reason.Length == 0 ? report : report with { Reason = $"{InRound(Round)}: {report.Reason}" };
        }

        if (repeat.NextAfter(Round, _planned, elapsed) is { } next)
        {
            StepReport recorded = report with { Reason = $"{InRound(Round)}, not the last: {report.Reason}" };
            _planned = next;
            Round++;
            return recorded;
        }

        IsOver = true;
        Symptom symptom = VerdictRules.OfRounds(_symptoms);
        string doubt = symptom is Symptom.NeverMet || symptom == report.Symptom
            ? string.Empty
            : $"; {InRound(_symptoms.IndexOf(symptom) + 1)} proves nothing ({symptom})";
        string rounds = Round == 1 ? "1 round" : string.Create(CultureInfo.InvariantCulture, $"{Round} rounds");
        string reason = $"not met in {rounds} over {RepeatUntil.Seconds(elapsed)}: {report.Reason}{doubt}";
        return report with { Symptom = symptom, Reason = reason };
    }

    private static string InRound(int round) => string.Create(CultureInfo.InvariantCulture, $"round {round}");
}
