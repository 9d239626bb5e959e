namespace DeviceHarness.Assurance.Regression;

/// <summary>Regression that another campaign ran and that a person credits to a combination: always a part, never the whole.</summary>
/// <param name="Dmc">The combination.</param>
/// <param name="Campaign">The campaign, and where its result is written.</param>
/// <param name="Scope">What of the regression it covers.</param>
/// <param name="RunOn">The day on which it was run.</param>
/// <param name="Who">Who credits it; not empty.</param>
/// <param name="Reason">Why; not empty.</param>
/// <param name="Time">When it was credited, in UTC.</param>
public sealed record RegressionCredit(
    string Dmc, string Campaign, string Scope, DateOnly RunOn, string Who, string Reason, DateTimeOffset Time)
{
    /// <summary>Why it cannot be kept; empty when it can.</summary>
    public string WhyNot() => new[] { Dmc, Campaign, Scope, Who, Reason }.Any(text => text.Length == 0)
        ? "a credit needs a combination, the campaign, what it covers, who credits it and a reason"
        : string.Empty;

    /// <summary>Such as <c>partial, from MDS testing (SR 4.1.1 and 7.2), run on 2020-03-12</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"partial, from {Campaign} ({Scope}), run on {RunOn:yyyy-MM-dd}");
}
