using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>Which attempt decides.</summary>
/// <remarks>The first conclusive attempt decides, since a retry would hide an intermittent fault. Superseded attempts never
/// count.</remarks>
public static class VerdictRule
{
    /// <summary>The attempt that decides: the first conclusive one by number, else the last that ended.</summary>
    /// <returns>Null when no counted attempt has ended.</returns>
    public static Attempt? Deciding(IEnumerable<Attempt> attempts)
    {
        Attempt? last = null;
        foreach (Attempt attempt in Counted(attempts))
        {
            if (attempt.Verdict.IsConclusive())
            {
                return attempt;
            }

            last = attempt;
        }

        return last;
    }

    /// <summary>Whether some counted attempt passed and another failed, in whatever order.</summary>
    public static bool IsFlaky(IEnumerable<Attempt> attempts)
    {
        HashSet<Verdict> verdicts = [.. Counted(attempts).Select(attempt => attempt.Verdict).Where(verdict => verdict.IsConclusive())];
        return verdicts.Count > 1;
    }

    private static IEnumerable<Attempt> Counted(IEnumerable<Attempt> attempts) =>
        attempts.Where(attempt => attempt.HasEnded && !attempt.IsSuperseded).OrderBy(attempt => attempt.Key.Number);
}
