using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Logs;

/// <summary>A meter that is switched on for the first time has the logs of one that was on before.</summary>
public sealed class PastLogsTests
{
    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);

    [Fact]
    public void The_averages_of_the_voltage_reach_back_as_far_as_the_load_profile()
    {
        EsmeState meter = new(EsmeFixture.DefaultModel(), new ManualTimeProvider());

        MeterLog log = meter.Engines.Quality.Average.Log;

        log.Count.Should().Be((31 * 48) + 24, "31 whole days and the half hours since midnight");
        LogRow[] rows = Rows(log);
        rows.Should().OnlyContain(row => row.IsStampValid && row.Values[0] >= 2270 && row.Values[0] <= 2330);
        rows.Zip(rows.Skip(1)).Should().OnlyContain(pair => pair.Second.Stamp - pair.First.Stamp == HalfHour);
        rows[^1].Stamp.Should().Be(new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero));
        meter.Engines.Quality.Average.Last.Should().Be((int)rows[^1].Values[0]);
    }

    [Fact]
    public void What_is_filled_in_is_what_a_meter_that_was_on_had_noted()
    {
        ManualTimeProvider time = new();
        EsmeState older = new(EsmeFixture.DefaultModel(), time);
        time.Advance(TimeSpan.FromHours(30));
        EsmeState newer = new(EsmeFixture.DefaultModel(), time);

        older.Settle();

        LogRow[] lived = [.. Rows(older.Engines.Quality.Average.Log).TakeLast(59)];
        LogRow[] filled = [.. Rows(newer.Engines.Quality.Average.Log).TakeLast(59)];
        filled.Select(row => (row.Stamp, row.Values[0])).Should().Equal(lived.Select(row => (row.Stamp, row.Values[0])));
    }

    [Fact]
    public void The_account_of_past_midnights_is_counted_back_along_what_energy_and_days_cost()
    {
        ManualTimeProvider time = new();
        EsmeState older = new(EsmeFixture.DefaultModel(), time);
        time.Advance(TimeSpan.FromDays(2));
        EsmeState newer = new(EsmeFixture.DefaultModel(), time);

        older.Settle();

        MeterLog filled = newer.Engines.Billing.Daily;
        filled.Count.Should().Be(31);
        LogRow[] rows = Rows(filled);
        rows.Zip(rows.Skip(1)).Should().OnlyContain(pair => pair.Second.Stamp - pair.First.Stamp == TimeSpan.FromDays(1));
        long[] spent = [.. rows.Zip(rows.Skip(1), (before, after) => before.Values[0] - after.Values[0])];
        spent.Should().OnlyContain(amount => amount > 53_850, "each day costs its standing charge and the energy");
        LogRow[] lived = [.. Rows(older.Engines.Billing.Daily).TakeLast(2)];
        long livedSpent = lived[0].Values[0] - lived[1].Values[0];
        spent[^1].Should().BeCloseTo(livedSpent, 100, "both days are the same; only the fractions of half hours are cut");
    }

    [Fact]
    public void The_last_midnight_lies_above_the_present_balance_by_what_today_has_cost()
    {
        EsmeState meter = new(EsmeFixture.DefaultModel(), new ManualTimeProvider());

        LogRow last = Rows(meter.Engines.Billing.Daily)[^1];

        last.Stamp.Should().Be(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero));
        last.Values[0].Should().BeGreaterThan(meter.Engines.Account.Balance);
    }

    [Fact]
    public void The_export_register_of_past_midnights_rises_to_the_present_one()
    {
        EsmeModel model = EsmeFixture.DefaultModel();
        EsmeState meter = new(model, new ManualTimeProvider());

        LogRow[] rows = Rows(meter.Engines.DailyExport);

        rows.Should().HaveCount(31);
        rows.Zip(rows.Skip(1)).Should().OnlyContain(pair => pair.Second.Values[0] >= pair.First.Values[0]);
        rows[^1].Values[0].Should().BeLessThanOrEqualTo(model.InitialTotals.ActiveExportWh);
    }

    [Fact]
    public void Without_history_the_logs_begin_empty()
    {
        EsmeState meter = new(EsmeFixture.DefaultModel() with { HistoryDays = 0 }, new ManualTimeProvider());

        meter.Engines.Quality.Average.Log.Count.Should().Be(0);
        meter.Engines.Billing.Daily.Count.Should().Be(0);
        meter.Engines.DailyExport.Count.Should().Be(0);
    }

    private static LogRow[] Rows(MeterLog log) => [.. Enumerable.Range(0, log.Count).Select(row => log[row])];
}
