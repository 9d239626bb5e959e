using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Logs;

public sealed class MeterLogTests
{
    private readonly MemoryFlash _flash = new();

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(11)]
    public void The_oldest_row_makes_room_and_all_are_there_after_a_restart(int rows)
    {
        MeterLog log = new("log", 4, 2, _flash);
        for (int row = 0; row < rows; row++)
        {
            log.Enter(ListedHost.Start.AddMinutes(row), row % 2 == 0, row, -row);
        }

        MeterLog next = new("log", 4, 2, _flash);
        next.Enter(ListedHost.Start.AddDays(1), true, 77, 78);

        Stamps(log).Should().Equal(Enumerable.Range(Math.Max(0, rows - 4), Math.Min(rows, 4)).Select(row => (long)row));
        Stamps(next).Should().Equal(Stamps(log).Skip(rows < 4 ? 0 : 1).Append(77));
        log[log.Count - 1].Values.Should().Equal([rows - 1, 1 - rows]);
        log[log.Count - 1].IsStampValid.Should().Be(rows % 2 == 1);
    }

    [Fact]
    public void A_log_that_is_filled_or_cleared_is_so_after_a_restart()
    {
        MeterLog log = new("log", 3, 1, _flash);
        log.Fill([.. Enumerable.Range(0, 5).Select(row => new LogRow(ListedHost.Start.AddMinutes(row), true, [row]))]);
        MeterLog filled = new("log", 3, 1, _flash);
        log.Enter(ListedHost.Start.AddHours(1), true, 9);
        MeterLog entered = new("log", 3, 1, _flash);
        log.Clear();

        Stamps(filled).Should().Equal(2, 3, 4);
        Stamps(entered).Should().Equal(3, 4, 9);
        new MeterLog("log", 3, 1, _flash).IsNew.Should().BeTrue();
    }

    [Fact]
    public void A_recorder_makes_a_row_of_each_period()
    {
        ListedHost host = new();
        IntervalRecorder recorder = new(
            new MeterLog("log", 10, 1, _flash), TimeSpan.FromMinutes(30), counted => counted.ActiveImportWh, host);

        for (int minute = 0; minute < 70; minute++)
        {
            recorder.Live(host.Slice(TimeSpan.FromMinutes(1), importWh: 10));
        }

        recorder.Log.Count.Should().Be(2);
        recorder.Last.Should().Be(300, "30 minutes of 10 Wh");
        recorder.Keep().Should().Be(100, "10 minutes of the period that runs");
        recorder.Log[1].Stamp.Should().Be(ListedHost.Start.AddHours(1));
    }

    [Fact]
    public void The_maximum_demand_is_the_highest_half_hourly_average()
    {
        ListedHost host = new();
        MaximumDemand demand = new(counted => counted.ActiveImportWh, _ => true);

        for (int minute = 0; minute < 90; minute++)
        {
            demand.Live(host.Slice(TimeSpan.FromMinutes(1), importWh: minute is >= 30 and < 60 ? 50u : 20u));
        }

        demand.Watts.Should().Be(3_000, "30 x 50 Wh in half an hour");
        demand.CapturedAt.Should().Be(ListedHost.Start.AddHours(1));
        demand.Reset();
        demand.Watts.Should().Be(0);
        demand.CapturedAt.Should().BeNull();
    }

    [Fact]
    public void A_window_of_demand_leaves_out_what_is_outside()
    {
        ListedHost host = new();
        MaximumDemand demand = new(counted => counted.ActiveImportWh, end => end != ListedHost.Start.AddMinutes(30));

        for (int minute = 0; minute < 60; minute++)
        {
            demand.Live(host.Slice(TimeSpan.FromMinutes(1), importWh: minute < 30 ? 90u : 30u));
        }

        demand.Watts.Should().Be(1_800);
    }

    private static IEnumerable<long> Stamps(MeterLog log) => Enumerable.Range(0, log.Count).Select(row => log[row].Values[0]);
}
