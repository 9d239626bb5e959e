using DeviceHarness.Assurance.Regression;

namespace DeviceHarness.Assurance.Reports;

/// <summary>Where regression of the cycle's combination stands, with the conditions that fixes put on it.</summary>
internal static class HtmlRegression
{
    /// <summary>Writes the section; nothing when no combination is stated.</summary>
    public static void Write(HtmlWriter html, RegressionStanding? standing)
    {
        if (standing is null)
        {
            return;
        }

        html.Line($"<section id=\"regression\"><h2>Conditions and regression</h2>");
        html.Line($"<p>DMC {standing.Dmc.Id}, by {standing.Pack.Name}, version {standing.Pack.Version}: {Name(standing.Verdict)}</p><ul>");
        foreach (string why in standing.Why)
        {
            html.Line($"<li>{why}</li>");
        }

        foreach (RegressionCredit credit in standing.Credits)
        {
            html.Line($"<li>{credit.ToString()}; credited by {credit.Who}: {credit.Reason}</li>");
        }

        foreach (RegressionCondition condition in standing.Conditions)
        {
            string state = condition.IsOpen ? "open" : $"discharged by {string.Join(", ", condition.DischargedBy)}";
            html.Line($"<li>Condition, {state}: regression after {condition.Release.ToString()}</li>");
        }

        html.Line($"</ul></section>");
    }

    private static string Name(RegressionVerdict verdict) => verdict switch
    {
        RegressionVerdict.StillValid => "regression still valid",
        RegressionVerdict.Due => "regression due",
        _ => "regression not run",
    };
}
