using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Comparisons;

/// <summary>The difference between the pass rates of two cycles, split over its causes so that the parts add up to it exactly.</summary>
/// <remarks>With <c>C</c> the cases that both cycles count, <c>n1</c> and <c>n2</c> the cases that each counts, and a pass worth 1:
/// <code>
/// rate 2 - rate 1 = sum over C of (pass 2 - pass 1) / |C|
///                 + sum over the cases of the second alone of (pass 2 - passes 2 of C / |C|) / n2
///                 - sum over the cases of the first alone of (pass 1 - passes 1 of C / |C|) / n1
/// </code>
/// Each summand is one case's share and goes to the causes that apply to that case, in equal parts (the Shapley value of a case that
/// any one of its causes alone could explain), so that no order of the causes matters. A case of <c>C</c> to which none applies goes to
/// <see cref="DifferenceCause.Rest"/>. A cause that applies is a difference in the conditions; that it made the verdict change is for a
/// person to say.</remarks>
public sealed record RateSplit
{
    private RateSplit(Fraction whole, int common, IReadOnlyList<DifferencePart> parts) => (Whole, Common, Parts) = (whole, common, parts);

    /// <summary>The second rate less the first, as a share of 1.</summary>
    public Fraction Whole { get; }

    /// <summary>How many cases both cycles count.</summary>
    public int Common { get; }

    /// <summary>The parts, one for each cause; they add up to <see cref="Whole"/>.</summary>
    public IReadOnlyList<DifferencePart> Parts { get; }

    /// <summary>Splits the difference between two cycles.</summary>
    /// <returns>Null when either has nothing in scope, and so no rate.</returns>
    public static RateSplit? Of(CycleDetail first, CycleDetail second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        (PassRate before, PassRate now) = (first.Rate, second.Rate);
        if (before.InScope == 0 || now.InScope == 0)
        {
            return null;
        }

        CaseShare[] shares = [.. SharesOf(first, second, out int common)];
        return new RateSplit(
            new Fraction(now.Passed, now.InScope) - new Fraction(before.Passed, before.InScope),
            common,
            [.. Enum.GetValues<DifferenceCause>().Select(cause => PartOf(cause, shares))]);
    }

    private static DifferencePart PartOf(DifferenceCause cause, CaseShare[] shares)
    {
        CaseShare[] own = [.. shares.Where(share => share.Causes.Contains(cause))];
        return new DifferencePart(
            cause,
            own.Aggregate(default(Fraction), (sum, share) => sum + (share.Share / share.Causes.Count)),
            [.. own.Where(share => share is { IsOneSided: false, Share.Numerator.Sign: > 0 }).Select(share => share.CaseId)],
            [.. own.Where(share => share is { IsOneSided: false, Share.Numerator.Sign: < 0 }).Select(share => share.CaseId)],
            [.. own.Where(share => share.IsOneSided).Select(share => share.CaseId)]);
    }

    private static List<CaseShare> SharesOf(CycleDetail first, CycleDetail second, out int common)
    {
        CasePair[] pairs = [.. CasePair.Of(first, second)];
        CasePair[] both = [.. pairs.Where(pair => pair.IsCounted)];
        common = both.Length;
        List<CaseShare> shares = [];
        foreach (CasePair pair in both.Where(pair => pair.Change != 0))
        {
            Fraction share = new(pair.Change, common);
            shares.Add(new CaseShare(pair.CaseId, share, pair.CausesOfChange(first, second), IsOneSided: false));
        }

        Fraction mean1 = common == 0 ? default : new Fraction(both.Count(pair => pair.First!.HasPassed), common);
        Fraction mean2 = common == 0 ? default : new Fraction(both.Count(pair => pair.Second!.HasPassed), common);
        foreach (CasePair pair in pairs.Where(pair => !pair.IsCounted))
        {
            if (pair.Second is { IsInScope: true } now)
            {
                Fraction share = (new Fraction(now.HasPassed ? 1 : 0, 1) - mean2) / second.Rate.InScope;
                shares.Add(new CaseShare(pair.CaseId, share, [pair.CauseOfAbsence(first, second)], IsOneSided: true));
            }
            else if (pair.First is { IsInScope: true } before)
            {
                Fraction share = (mean1 - new Fraction(before.HasPassed ? 1 : 0, 1)) / first.Rate.InScope;
                shares.Add(new CaseShare(pair.CaseId, share, [pair.CauseOfAbsence(first, second)], IsOneSided: true));
            }
        }

        return shares;
    }

    private sealed record CaseShare(string CaseId, Fraction Share, IReadOnlyList<DifferenceCause> Causes, bool IsOneSided);
}
