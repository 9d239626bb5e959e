using System.Globalization;
using DeviceHarness.Assurance.Thresholds;

namespace DeviceHarness.Assurance.Reports;

/// <summary>Evaluations against thresholds in words.</summary>
public static class ThresholdText
{
    /// <summary>What is said of an evaluation that counts issues which no real device showed.</summary>
    public const string Rehearsal = "A rehearsal: it counts what virtual or replayed devices showed, and is evidence for nothing.";

    /// <summary>Where the set comes from, when it is this project's own.</summary>
    public const string ProjectDefault = "This project chose the numbers of this set; they are not those of SVTAD clause 20.28.";

    /// <summary>What has to stand beside an evaluation: whose numbers they are, and whether it is a rehearsal.</summary>
    public static IEnumerable<string> Notes(ThresholdEvaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        if (evaluation.Set.IsDefault)
        {
            yield return ProjectDefault;
        }

        if (evaluation.Basis == ThresholdBasis.Rehearsal)
        {
            yield return Rehearsal;
        }
    }

    /// <summary>The most of each severity, such as <c>0/0/3/-/-</c>; a dash where no number stands against an entry.</summary>
    public static string Maxima(ThresholdSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return string.Join('/', set.Maxima.Select(maximum => maximum?.ToString(CultureInfo.InvariantCulture) ?? "-"));
    }

    /// <summary>An evaluation in one line, with the name and the origin of its set.</summary>
    public static string Line(ThresholdEvaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        string basis = evaluation.Basis == ThresholdBasis.Rehearsal ? " (rehearsal, no evidence)" : string.Empty;
        return $"{evaluation.Verdict}{basis}; by {evaluation.Set.Title}";
    }
}
