using System.Globalization;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>The pass rate of a cycle, always with its denominator.</summary>
/// <remarks>Blocked, inconclusive, erroneous and not-run cases count against the rate. Only formally descoped cases and cases skipped as
/// not
/// applicable leave the denominator, and they are counted here so that a report can list them.
/// Spec: project guide to the DMCT process, section 7, rule 6.</remarks>
/// <param name="Passed">In-scope cases that passed.</param>
/// <param name="Failed">In-scope cases that failed.</param>
/// <param name="Inconclusive">In-scope cases without a conclusive attempt, the last of which was inconclusive.</param>
/// <param name="Error">In-scope cases ended by a fault of harness, pack or configuration.</param>
/// <param name="Blocked">In-scope cases whose precondition failed.</param>
/// <param name="NotRun">In-scope cases that did not run.</param>
/// <param name="Skipped">Cases skipped as not applicable: out of scope.</param>
/// <param name="Descoped">Cases formally descoped: out of scope.</param>
public sealed record PassRate(
    int Passed, int Failed, int Inconclusive, int Error, int Blocked, int NotRun, int Skipped, int Descoped)
{
    /// <summary>The denominator: all cases but the skipped and the descoped.</summary>
    public int InScope => Passed + Failed + Inconclusive + Error + Blocked + NotRun;

    /// <summary>In-scope cases with a conclusive attempt: the numerator of the executed rate.</summary>
    public int Executed => Passed + Failed;

    /// <summary>Passed of in-scope as a whole percentage, rounded half up; null when nothing is in scope.</summary>
    public int? PassedPercent => Percent(Passed, InScope);

    /// <summary>Executed of in-scope as a whole percentage, rounded half up; null when nothing is in scope.</summary>
    public int? ExecutedPercent => Percent(Executed, InScope);

    /// <summary>What so many cases allow to be said of the share that passes; null when nothing is in scope.</summary>
    public WilsonInterval? PassedInterval => InScope == 0 ? null : new WilsonInterval(Passed, InScope);

    /// <summary>Counts the executions of a cycle.</summary>
    public static PassRate Of(IEnumerable<ExecutionHistory> executions)
    {
        PassRate rate = new(0, 0, 0, 0, 0, 0, 0, 0);
        foreach (ExecutionHistory execution in executions)
        {
            rate = rate.With(execution.Verdict, execution.IsDescoped, count: 1);
        }

        return rate;
    }

    /// <summary>Adds up the counts of several cycles.</summary>
    public static PassRate Sum(IEnumerable<PassRate> rates) => rates.Aggregate(
        new PassRate(0, 0, 0, 0, 0, 0, 0, 0),
        (sum, next) => new PassRate(
            sum.Passed + next.Passed, sum.Failed + next.Failed, sum.Inconclusive + next.Inconclusive, sum.Error + next.Error,
            sum.Blocked + next.Blocked, sum.NotRun + next.NotRun, sum.Skipped + next.Skipped, sum.Descoped + next.Descoped));

    /// <summary>Adds cases of one verdict.</summary>
    /// <param name="verdict">Their verdict.</param>
    /// <param name="isDescoped">Whether they were formally descoped, whatever their verdict.</param>
    /// <param name="count">How many.</param>
    public PassRate With(Verdict verdict, bool isDescoped, int count) => (isDescoped, verdict) switch
    {
        (true, _) => this with { Descoped = Descoped + count },
        (_, Verdict.Passed) => this with { Passed = Passed + count },
        (_, Verdict.Failed) => this with { Failed = Failed + count },
        (_, Verdict.Inconclusive) => this with { Inconclusive = Inconclusive + count },
        (_, Verdict.Error) => this with { Error = Error + count },
        (_, Verdict.Blocked) => this with { Blocked = Blocked + count },
        (_, Verdict.Skipped) => this with { Skipped = Skipped + count },
        (_, Verdict.NotRun) => this with { NotRun = NotRun + count },
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "not a verdict"),
    };

    /// <summary>Such as <c>11 of 12 in-scope cases passed (92 %), executed 12 of 12 (100 %)</c>.</summary>
    public override string ToString()
    {
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Passed} of {InScope} in-scope cases passed ({Text(PassedPercent)}), "
            + $"executed {Executed} of {InScope} ({Text(ExecutedPercent)})");

        static string Text(int? percent) =>
            percent is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value} %") : "no rate";
    }

    private static int? Percent(int part, int whole) => whole == 0 ? null : (int)(((200L * part) + whole) / (2L * whole));
}
