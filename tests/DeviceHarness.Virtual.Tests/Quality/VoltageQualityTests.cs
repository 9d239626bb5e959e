using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Quality;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Quality;

public sealed class VoltageQualityTests
{
    private readonly ListedHost _host = new();

    [Fact]
    public void A_sag_is_told_after_its_time_and_its_end_after_the_same_time()
    {
        VoltageWatch sag = new(isUpper: false, EventCode.VoltageSag, EventCode.VoltageSagEnded, _host)
        {
            ThresholdDecivolts = 2070,
            DurationSeconds = 120,
        };

        _host.LiveMinutes(sag, 1, decivolts: 2069);
        int early = _host.Events.Count;
        _host.LiveMinutes(sag, 5, decivolts: 2069);
        _host.LiveMinutes(sag, 1, decivolts: 2070);
        bool isStillActive = sag.IsActive;
        _host.LiveMinutes(sag, 1, decivolts: 2070);

        early.Should().Be(0);
        isStillActive.Should().BeTrue();
        _host.Events.Should().Equal(EventCode.VoltageSag, EventCode.VoltageSagEnded);
    }

    [Fact]
    public void A_short_swell_is_none()
    {
        VoltageWatch swell = new(isUpper: true, EventCode.VoltageSwell, EventCode.VoltageSwellEnded, _host)
        {
            ThresholdDecivolts = 2550,
            DurationSeconds = 60,
        };

        for (int turn = 0; turn < 10; turn++)
        {
            _host.Live(swell, TimeSpan.FromSeconds(59), decivolts: 2551);
            _host.Live(swell, TimeSpan.FromSeconds(1), decivolts: 2550);
        }

        _host.Events.Should().BeEmpty();
    }

    [Fact]
    public void The_average_weighs_each_voltage_by_its_time()
    {
        AverageVoltage average = Average(new QualityOptions { AveragePeriodSeconds = 600 });

        _host.LiveMinutes(average, 4, decivolts: 2300);
        _host.LiveMinutes(average, 6, decivolts: 2400);

        average.Last.Should().Be(2360, "(4 x 230.0 + 6 x 240.0) / 10");
        average.Log[0].Should().BeEquivalentTo(new LogRow(ListedHost.Start.AddMinutes(10), true, [2360]));
    }

    [Fact]
    public void Averages_out_of_bounds_are_counted_each_and_told_once()
    {
        AverageVoltage average = Average(new QualityOptions { AveragePeriodSeconds = 60, AverageUnderDecivolts = 2162 });

        _host.LiveMinutes(average, 3, decivolts: 2161);
        _host.LiveMinutes(average, 2, decivolts: 2162);

        average.UnderCount.Should().Be(3);
        average.OverCount.Should().Be(0);
        _host.Events.Should().Equal(EventCode.AverageUnderVoltage, EventCode.AverageUnderVoltageEnded);
    }

    [Theory]
    [InlineData(1800, true)]
    [InlineData(60, true)]
    [InlineData(86_400, true)]
    [InlineData(59, false)]
    [InlineData(700, false)]
    [InlineData(86_401, false)]
    public void A_period_divides_the_day(int seconds, bool isOne) => AverageVoltage.IsPeriod(seconds).Should().Be(isOne);

    [Fact]
    public void Another_period_begins_with_an_empty_log()
    {
        AverageVoltage average = Average(new QualityOptions { AveragePeriodSeconds = 60 });
        _host.LiveMinutes(average, 2, decivolts: 2000);

        average.ChangePeriod(120);
        _host.LiveMinutes(average, 2, decivolts: 2400);

        average.Log.Count.Should().Be(1);
        average.Last.Should().Be(2400);
    }

    [Fact]
    public void The_same_period_written_once_more_leaves_the_log_and_what_runs()
    {
        AverageVoltage average = Average(new QualityOptions { AveragePeriodSeconds = 120 });
        _host.LiveMinutes(average, 3, decivolts: 2000);

        average.ChangePeriod(120);
        _host.LiveMinutes(average, 1, decivolts: 2400);

        average.Log.Count.Should().Be(2);
        average.Last.Should().Be(2200, "half of the period had run");
    }

    private AverageVoltage Average(QualityOptions options) => new(options, new MeterLog("v", 100, 1, new MemoryFlash()), _host);
}
