using System.Globalization;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Alerts;

/// <summary>All alerts that the devices of one rig told over some cycles, per installation and day.</summary>
/// <remarks>Each ESME counts as one installation, since an installation has one; a rig without any counts as one. The time runs from the
/// first attempt's start to the last one's end over all the cycles, since the rig listens between cases too; attempts on a scaled clock
/// are left out. Spec: project guide to the DMCT process, section 5.2 (N12, N26) and section 9.8 (ALT-01).</remarks>
public sealed record AlertObservation
{
    /// <summary>The alerts per installation and day that SMETS1 shows in live operation (N12).</summary>
    public const double LiveRate = 2.3;

    /// <summary>The rate above which alerts are to be looked at, where nobody says otherwise: twice the live one, this project's choice
    /// (N26).</summary>
    public const double DefaultWatchLevel = 4.6;

    /// <summary>The rig.</summary>
    public required string Rig { get; init; }

    /// <summary>How many installations it stands for, from 1.</summary>
    public required int Installations { get; init; }

    /// <summary>When the first attempt began, in UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When the last attempt ended, in UTC.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The rate above which alerts are to be looked at.</summary>
    public required double WatchLevel { get; init; }

    /// <summary>Alerts that steps expected and had in time.</summary>
    public required int Expected { get; init; }

    /// <summary>Alerts that steps expected and that never came.</summary>
    public required int Missing { get; init; }

    /// <summary>Alerts that came after their steps had given them up.</summary>
    public required int Late { get; init; }

    /// <summary>Alerts that had been told before.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Alerts that no step expected.</summary>
    public required int Unexplained { get; init; }

    /// <summary>Alerts that were told between cases, since <see cref="From"/>.</summary>
    public required int Between { get; init; }

    /// <summary>Alerts that were told before <see cref="From"/>: they are of no day that was watched.</summary>
    public required int Before { get; init; }

    /// <summary>Alerts that came beyond those that evidence lists.</summary>
    public required int LeftOut { get; init; }

    /// <summary>How often each device told each code since <see cref="From"/>; what evidence does not list is not in it.</summary>
    public IReadOnlyList<AlertTraffic> Traffic { get; init; } = [];

    /// <summary>Every alert that was told since <see cref="From"/>, repeats with it.</summary>
    public int Told => Expected + Late + Duplicates + Unexplained + Between + LeftOut;

    /// <summary>Installations times days.</summary>
    public double InstallationDays => Installations * (To - From).TotalDays;

    /// <summary>Alerts per installation and day; null when no time passed.</summary>
    public double? Rate => InstallationDays > 0 ? Told / InstallationDays : null;

    /// <summary>Whether a whole installation-day was watched: less says nothing about a day.</summary>
    public bool IsJudged => InstallationDays >= 1;

    /// <summary>Whether the rate is judged and above the watch level.</summary>
    public bool IsAboveWatch => IsJudged && Rate > WatchLevel;

    /// <summary>The rate with its denominator, beside the live one and the watch level.</summary>
    public string Text
    {
        get
        {
            string rate = Rate is { } value ? value.ToString("0.00", CultureInfo.InvariantCulture) : "no rate";
            string verdict = (IsJudged, IsAboveWatch) switch
            {
                (false, _) => "under one installation-day: shown and not judged",
                (_, true) => "ABOVE the watch level",
                _ => "not above the watch level",
            };
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{rate} alerts per installation-day ({Told} in {InstallationDays:0.0000} installation-days); "
                + $"live {LiveRate:0.0}, watch level {WatchLevel:0.0###}: {verdict}");
        }
    }

    /// <summary>Observes the rigs of some cycles.</summary>
    /// <param name="cycles">The cycles.</param>
    /// <param name="alertsOf">What the evidence of an attempt says; null when nothing.</param>
    /// <param name="watchLevel">The rate above which alerts are to be looked at.</param>
    /// <returns>One for each rig that ran an attempt, by name.</returns>
    public static IReadOnlyList<AlertObservation> Of(
        IReadOnlyCollection<CycleDetail> cycles, Func<Attempt, AttemptAlerts?> alertsOf, double watchLevel)
    {
        ArgumentNullException.ThrowIfNull(cycles);
        ArgumentNullException.ThrowIfNull(alertsOf);
        var attempts = cycles
            .SelectMany(
                cycle => cycle.Executions.SelectMany(execution => execution.Attempts),
                (cycle, attempt) => (Cycle: cycle, Attempt: attempt))
            .Where(one => one.Attempt.Started is not null && one.Attempt.Provenance is not { Origin: Origin.Scaled });
        return
        [
            .. attempts.GroupBy(one => one.Cycle.RigOf(one.Attempt), StringComparer.Ordinal).OrderBy(rig => rig.Key, StringComparer.Ordinal)
                .Select(rig => Of(
                    rig.Key,
                    rig.SelectMany(one => one.Cycle.Cycle.DevicesOn(rig.Key)).Where(device => device.Device.DeviceType == "ESME")
                        .Select(device => device.Device.Eui64).Distinct().Count(),
                    [.. rig.Select(one => one.Attempt)], alertsOf, watchLevel)),
        ];
    }

    private static AlertObservation Of(
        string rig, int meters, IReadOnlyList<Attempt> attempts, Func<Attempt, AttemptAlerts?> alertsOf, double watchLevel)
    {
        DateTimeOffset from = attempts.Min(attempt => attempt.Started!.Value);
        AttemptAlerts[] alerts = [.. attempts.Select(alertsOf).OfType<AttemptAlerts>()];
        ILookup<AlertStanding, ToldAlert> told = alerts.SelectMany(one => one.Told).ToLookup(alert => alert.Standing);
        int before = told[AlertStanding.Earlier].Count(alert => IsBefore(alert, from));
        AlertObservation observed = new()
        {
            Rig = rig,
            Installations = Math.Max(1, meters),
            From = from,
            To = attempts.Max(attempt => attempt.Started!.Value + attempt.Elapsed),
            WatchLevel = watchLevel,
            Expected = told[AlertStanding.Expected].Count(),
            Missing = alerts.Sum(one => one.Missing),
            Late = told[AlertStanding.Late].Count(),
            Duplicates = told[AlertStanding.Duplicate].Count(),
            Unexplained = told[AlertStanding.Unexplained].Count(),
            Between = told[AlertStanding.Earlier].Count() - before,
            Before = before,
            LeftOut = alerts.Sum(one => one.LeftOut),
        };
        IEnumerable<ToldAlert> since = alerts.SelectMany(one => one.Told).Where(alert => !IsBefore(alert, from));
        return observed with { Traffic = AlertTraffic.Of(since, observed.InstallationDays) };
    }

    private static bool IsBefore(ToldAlert alert, DateTimeOffset from) =>
        alert.Standing == AlertStanding.Earlier && (alert.Received is not { } received || received < from);
}
