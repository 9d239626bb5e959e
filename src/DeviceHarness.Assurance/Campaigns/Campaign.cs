using System.Globalization;
using DeviceHarness.Duis.Firmware;

namespace DeviceHarness.Assurance.Campaigns;

/// <summary>A test campaign with its go-live day, as a person stated it.</summary>
/// <param name="Name">Its name, such as that of the tranche.</param>
/// <param name="Baseline">Go-live, and how many months before it the firmware has to be final.</param>
/// <param name="Dmcs">The Device Model Combinations that it is for; empty: it is for every cycle.</param>
/// <param name="Who">Who states it.</param>
/// <param name="Reason">Why, or where it is written.</param>
/// <param name="Time">When it was stated, in UTC.</param>
public sealed record Campaign(
    string Name, FirmwareBaseline Baseline, IReadOnlyList<string> Dmcs, string Who, string Reason, DateTimeOffset Time)
{
    /// <summary>The longest name, and the longest id of a combination, in characters.</summary>
    public const int MaximumText = 200;

    /// <summary>The most combinations.</summary>
    public const int MaximumDmcs = 500;

    /// <summary>The most months of a freeze.</summary>
    public const int MaximumStableMonths = 36;

    private const int EarliestYear = 2000;

    /// <summary>The rule that gives the day of the freeze, with where its number of months comes from.</summary>
    /// <remarks>Spec: project guide to the DMCT process, section 5.2, N22.</remarks>
    public string Rule
    {
        get
        {
            string origin = Baseline.StableMonths == FirmwareBaseline.UsualStableMonths
                ? "the default, from the DCC's delivery plan for SMETS1 of February 2019; a campaign may state another"
                : string.Create(
                    CultureInfo.InvariantCulture, $"stated with the campaign; the default is {FirmwareBaseline.UsualStableMonths}");
            return string.Create(
                CultureInfo.InvariantCulture,
                $"go-live {Baseline.GoLive:yyyy-MM-dd} less stable-months {Baseline.StableMonths} ({origin}): "
                + $"{Baseline.Freeze:yyyy-MM-dd} is the last day, in UTC, on which firmware may change");
        }
    }

    /// <summary>Whether a cycle for a combination belongs to it.</summary>
    /// <param name="dmc">The combination that the cycle is marked with; empty when none is stated.</param>
    public bool Covers(string dmc) => Dmcs.Count == 0 || Dmcs.Contains(dmc, StringComparer.Ordinal);

    /// <summary>Why it cannot be kept; empty when it can.</summary>
    public string WhyNot()
    {
        if (Who.Length == 0 || Reason.Length == 0)
        {
            return "a campaign needs who states it and a reason";
        }

        if (Name.Length is 0 or > MaximumText || Dmcs.Count > MaximumDmcs || Dmcs.Any(dmc => dmc.Length is 0 or > MaximumText))
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"a campaign needs a name, and at most {MaximumDmcs} combinations, each of 1 to {MaximumText} characters");
        }

        return Baseline.StableMonths is < 1 or > MaximumStableMonths || Baseline.GoLive.Year < EarliestYear
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"a freeze is 1 to {MaximumStableMonths} months before a go-live day from {EarliestYear} on")
            : string.Empty;
    }
}
