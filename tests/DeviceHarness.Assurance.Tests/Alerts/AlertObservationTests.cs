using System.Text;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Alerts;
using DeviceHarness.Assurance.Cycles;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Assurance.Tests.AssuranceSamples;

namespace DeviceHarness.Assurance.Tests.Alerts;

public sealed class AlertObservationTests
{
    private const string Evidence =
        """
        {"format":"deviceharness-evidence/1","steps":[],"alerts":{"expected":1,"missing":2,"late":1,"duplicates":1,"unexplained":1,
        "leftOut":3,"rows":[
        {"device":"esme-01","code":"8154","received":"2026-01-05T12:00:01Z","standing":"expected"},
        {"device":"esme-01","code":"8154","received":"2026-01-05T12:00:02Z","standing":"late"},
        {"device":"esme-01","code":"8154","received":"2026-01-05T12:00:03Z","standing":"duplicate"},
        {"device":"esme-01","code":"8F35","received":"2026-01-05T12:00:04Z","standing":"unexplained"},
        {"device":"esme-01","code":"8F36","received":"2026-01-05T12:00:00Z","standing":"earlier"},
        {"device":"esme-01","code":"8F36","received":"2026-01-05T11:59:59Z","standing":"earlier"}]}}
        """;

    [Fact]
    public void Every_alert_of_the_evidence_is_counted_once_by_its_standing()
    {
        AlertObservation one = Observe([Begun(0)], Evidence).Should().ContainSingle().Subject;

        (one.Expected, one.Missing, one.Late, one.Duplicates, one.Unexplained, one.Between, one.Before, one.LeftOut)
            .Should().Be((1, 2, 1, 1, 1, 1, 1, 3));
        one.Told.Should().Be(8, "a missing alert and one from before the watch were not told in it");
    }

    [Fact]
    public void Evidence_that_kept_the_counts_alone_is_counted_too_and_one_without_alerts_is_none()
    {
        AttemptAlerts counts = AttemptAlerts.Read(Octets(
            """{"alerts":{"expected":2,"missing":1,"late":0,"duplicates":3,"unexplained":4,"leftOut":5,"rows":[]}}"""))!;

        counts.Told.CountBy(alert => alert.Standing).Should().BeEquivalentTo(new Dictionary<AlertStanding, int>
        {
            [AlertStanding.Expected] = 2,
            [AlertStanding.Duplicate] = 3,
            [AlertStanding.Unexplained] = 4,
        });
        (counts.Missing, counts.LeftOut).Should().Be((1, 5));
        AttemptAlerts.Read(Octets("""{"steps":[]}""")).Should().BeNull();
        AttemptAlerts.Read(Octets("""{"alerts":""")).Should().BeNull();
    }

    [Fact]
    public void The_rate_has_its_denominator_and_is_judged_from_a_whole_installation_day_on()
    {
        AlertObservation day = Observe([Begun(0), Begun(24)], Evidence).Single();
        AlertObservation hour = Observe([Begun(0), Begun(1)], Evidence).Single();

        (day.IsJudged, day.IsAboveWatch).Should().Be((true, true));
        day.Text.Should().Be(
            "16.00 alerts per installation-day (16 in 1.0000 installation-days); live 2.3, watch level 4.6: ABOVE the watch level");
        (hour.IsJudged, hour.IsAboveWatch).Should().Be((false, false));
        hour.Text.Should().EndWith("under one installation-day: shown and not judged");
        Observe([Begun(0), Begun(24)], Evidence, watchLevel: 16.5).Single().IsAboveWatch.Should().BeFalse();
    }

    [Fact]
    public void Each_rig_stands_for_itself_and_a_scaled_clock_for_no_day()
    {
        Attempt elsewhere = Begun(0) with { Rig = "bench-02" };
        Attempt scaled = Begun(500) with { Provenance = new Provenance(Route.LocalSerial, Origin.Scaled) };

        Observe([Begun(0), elsewhere, scaled], Evidence).Select(one => (one.Rig, one.Told, one.To)).Should()
            .Equal(("bench-01", 8, Noon), ("bench-02", 8, Noon));
    }

    [Fact]
    public void Each_device_and_code_is_counted_with_its_rate_and_what_was_before_the_watch_is_not()
    {
        string evidence = Evidence.Replace(
            "esme-01\",\"code\":\"8F35", "gsme-01\",\"code\":\"8F74", StringComparison.Ordinal);

        AlertObservation day = Observe([Begun(0), Begun(24)], evidence).Single();

        day.Traffic.Should().Equal(
            new AlertTraffic("esme-01", "8154", 6, 2, 2, 2, 0, 0, 6),
            new AlertTraffic("esme-01", "8F36", 2, 0, 0, 0, 0, 2, 2),
            new AlertTraffic("gsme-01", "8F74", 2, 0, 0, 0, 2, 0, 2));
        day.Traffic.Sum(row => row.Told).Should().Be(day.Told - day.LeftOut);
        Observe([Begun(0)], evidence).Single().Traffic[0].PerDay.Should().BeNull();
    }

    private static IReadOnlyList<AlertObservation> Observe(
        Attempt[] attempts, string evidence, double watchLevel = AlertObservation.DefaultWatchLevel)
    {
        CycleDetail cycle = Cycle([.. attempts.Select((attempt, index) => Execution(index + 1, attempt))]);
        return AlertObservation.Of([cycle], _ => AttemptAlerts.Read(Octets(evidence)), watchLevel);
    }

    private static Attempt Begun(int hour) =>
        Attempt(1, Verdict.Passed) with { Started = Noon.AddHours(hour), Elapsed = TimeSpan.Zero };

    private static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text);
}
