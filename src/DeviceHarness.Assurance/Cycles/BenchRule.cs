using System.Globalization;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>When a bench is sick: attempts in a row on it that came to nothing.</summary>
public static class BenchRule
{
    /// <summary>How long the row of <see cref="Verdict.Inconclusive"/> attempts on a bench is after one more attempt ended.</summary>
    /// <remarks>Only a verdict about a device ends the row: a case that was blocked, skipped or wrong shows nothing of the
    /// bench.</remarks>
    /// <param name="row">How long it was.</param>
    /// <param name="verdict">How the attempt ended.</param>
    public static int RowAfter(int row, Verdict verdict) =>
        verdict == Verdict.Inconclusive ? row + 1 : verdict.IsConclusive() ? 0 : row;

    /// <summary>Whether a bench is taken out after a row of that length.</summary>
    public static bool IsSick(LeasePolicy policy, int row)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.InconclusiveInARow > 0 && row >= policy.InconclusiveInARow;
    }

    /// <summary>Why a bench was taken out.</summary>
    /// <param name="row">How many attempts in a row were inconclusive.</param>
    /// <param name="caseId">The case of the last of them.</param>
    /// <param name="reason">Why that one came to nothing.</param>
    public static string ReasonOf(int row, string caseId, string reason) => string.Create(
        CultureInfo.InvariantCulture, $"{row} attempts in a row were Inconclusive, the last of {caseId}: {reason}");
}
