using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Tariff;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Esme;

/// <summary>Profiles and snapshots over a load of exactly 1.2 kW: 600 Wh a half hour, 28,800 Wh a day.</summary>
public sealed class ProfileEffectTests
{
    private const string Profile = "0-0:99.1.3.255";
    private const string Import = "1-0:99.1.0.255";
    private const string ClockColumn = "02041200080906" + "0000010000FF" + "0F02120000";

    private readonly EsmeFixture _fixture = new(model => model with
    {
        Load = new LoadProfileOptions(1_200, 0, 0, 0, 0),
        ClockOffset = TimeSpan.Zero,
        Tariff = new TariffOptions(),
    });

    [Fact]
    public void A_new_meter_has_a_month_of_half_hours()
    {
        ScriptedClient client = _fixture.Associated();

        client.Number(7, Import, 4).Should().Be(1_800);
        client.Number(7, Import, 7).Should().Be((31 * 48) + 24, "31 days and today until noon");
        client.Number(7, Import, 8).Should().Be(19_056);
        client.Number(3, "1-0:1.29.0.255", 2).Should().Be(600);
        client.Number(7, Profile, 7).Should().Be(31);
        client.Read(7, Import, 3).Should().Be("0102" + ClockColumn + "02041200030906" + "0100011D00FF" + "0F02120000");
    }

    [Fact]
    public void Half_hours_are_selected_by_range_and_by_entry()
    {
        ScriptedClient client = _fixture.Associated();
        string range = "C001C10007" + CosemRequests.Octets(Import) + "0201" + "01" + "0204" + ClockColumn
            + "090C07EA0105FF0A1E00FF800000" + "090C07EA0105FF0B0000FF800000" + "0100";

        string? byRange = client.Send(range);
        string? byEntry = client.Send(
            "C001C10007" + CosemRequests.Octets(Import) + "0201" + "02" + "0204" + "0600000001" + "0600000001" + "120002" + "120002");

        byRange.Should().Be(
            "C401C100" + "0102"
            + "0202" + "090C07EA0105010A1E0000000000" + "0600000258"
            + "0202" + "090C07EA0105010B000000000000" + "0600000258", "10:30 and 11:00");
        byEntry.Should().Be("C401C100" + "0101" + "0201" + "0600000258");
    }

    [Fact]
    public void Each_half_hour_and_each_day_bring_a_row_with_what_was_counted()
    {
        _fixture.Esme.SetBenchLoad(1_200);
        _fixture.Time.Advance(TimeSpan.FromMinutes(30));
        long doubled = _fixture.Associated().Number(3, "1-0:1.29.0.255", 2);
        _fixture.Esme.SetBenchLoad(0);
        _fixture.Time.Advance(TimeSpan.FromHours(12));
        ScriptedClient client = _fixture.Associated();

        doubled.Should().Be(1_200);
        client.Number(7, Profile, 7).Should().Be(32);
        client.Number(3, "1-0:1.9.0.255", 2).Should().Be(28_800 + 600, "a day with half an hour of double load");
        client.Number(4, "1-0:1.6.0.255", 2).Should().Be(2_400);
        client.Read(4, "1-0:1.6.0.255", 5).Should().Be("090C07EA0105010C1E0000000000");
        client.Do(CosemRequests.Act(4, "1-0:1.6.0.255", 1, CosemRequests.IntegerZero)).Should().Be(0);
        client.Number(4, "1-0:1.6.0.255", 2).Should().Be(0);
    }

    [Fact]
    public void A_month_of_half_hours_is_read_in_one_long_get()
    {
        string rows = _fixture.Associated().Read(7, Import, 2);

        rows.Should().StartWith("018205E8", "1,512 rows");
        rows.Length.Should().Be((4 + (1_512 * 21)) * 2);
    }

    [Fact]
    public void A_billing_calendar_takes_snapshots_that_stay()
    {
        ScriptedClient client = _fixture.Associated();
        client.Do(CosemRequests.Set(22, "0-0:15.0.0.255", 4, "0101" + "0202" + "090400000000" + "0905FFFFFF01FF")).Should().Be(0);

        _fixture.Time.Advance(TimeSpan.FromDays(60));
        client = _fixture.Associated();

        client.Number(7, "0-0:98.1.0.255", 7).Should().Be(2, "1 February and 1 March");
        client.Number(3, "1-0:1.8.0.101", 2).Should().Be(1_234_567 + (1_200 * 24 * 54) + (1_200 * 12), "54 days and a half until 1 March");
        client.Number(3, "1-0:1.8.0.102", 2).Should().Be(1_234_567 + (1_200 * 24 * 26) + (1_200 * 12));
        client.Number(3, "1-0:1.8.0.103", 2).Should().Be(0, "there was no third");
        client.Read(7, "0-0:99.98.0.255", 2).Should().Contain("128F0A");
    }

    [Fact]
    public void A_clock_that_drifts_drifts_by_its_rate()
    {
        EsmeFixture fixture = new(model => model with { ClockOffset = TimeSpan.Zero, ClockDriftPartsPerMillion = 100 });
        DateTimeOffset start = fixture.Esme.Clock;

        fixture.Time.Advance(TimeSpan.FromDays(10));

        (fixture.Esme.Clock - start).Should().Be(TimeSpan.FromDays(10) + TimeSpan.FromSeconds(86.4), "100 millionths of 864,000 s");
        fixture.Associated().Number(7, "0-0:98.1.9.255", 7).Should().Be(31);
    }

    [Fact]
    public void The_clock_is_adjusted_to_a_preset_time_within_its_interval()
    {
        ScriptedClient client = _fixture.Associated();
        string preset = "0203" + Moment(12, 10) + Moment(12, 0) + Moment(12, 1);

        int without = client.Do(CosemRequests.Act(8, "0-0:1.0.0.255", 4, CosemRequests.IntegerZero));
        int taken = client.Do(CosemRequests.Act(8, "0-0:1.0.0.255", 5, preset));
        _fixture.Time.Advance(TimeSpan.FromSeconds(30));
        int adjusted = client.Do(CosemRequests.Act(8, "0-0:1.0.0.255", 4, CosemRequests.IntegerZero));
        DateTimeOffset after = _fixture.Esme.Clock;
        client.Do(CosemRequests.Act(8, "0-0:1.0.0.255", 5, preset));
        int late = client.Do(CosemRequests.Act(8, "0-0:1.0.0.255", 4, CosemRequests.IntegerZero));

        (without, taken, adjusted, late).Should().Be((250, 0, 0, 250));
        after.Should().Be(new DateTimeOffset(2026, 1, 5, 12, 10, 0, TimeSpan.Zero));
        client.Do(CosemRequests.Act(8, "0-0:1.0.0.255", 5, "0202" + Moment(12, 0) + Moment(12, 0))).Should().Be(12);
    }

    private static string Moment(int hour, int minute) =>
        CosemRequests.Moment(new DateTimeOffset(2026, 1, 5, hour, minute, 0, TimeSpan.Zero));
}
