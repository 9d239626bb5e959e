using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Esme;

public sealed class EnergyMetrologyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly LoadProfileOptions Constant = new(1000, 0, 0, 0, 0);

    [Fact]
    public void A_constant_kilowatt_gives_a_kilowatt_hour_an_hour()
    {
        EnergyMetrology metrology = new(new LoadProfile(Constant, 1), new EnergyTotals(5, 6, 7, 8), Noon);

        metrology.AdvanceTo(Noon.AddHours(1), supplyConnected: true);

        metrology.Totals.Should().Be(new EnergyTotals(1005, 6, 337, 8));
        metrology.ActiveImportWatts.Should().Be(1000);
    }

    [Fact]
    public void Reading_often_loses_no_energy()
    {
        LoadProfile profile = new(LoadProfileOptions.House, 42);
        EnergyMetrology often = new(profile, default, Noon);
        EnergyMetrology once = new(profile, default, Noon);

        for (int turn = 1; turn <= 10_000; turn++)
        {
            often.AdvanceTo(Noon.AddSeconds(turn * 1.7), supplyConnected: true);
        }

        once.AdvanceTo(Noon.AddSeconds(17_000), supplyConnected: true);

        often.Totals.Should().Be(once.Totals);
        once.Totals.ActiveImportWh.Should().BePositive();
    }

    [Fact]
    public void Energy_stands_still_while_the_supply_is_cut()
    {
        EnergyMetrology metrology = new(new LoadProfile(Constant, 1), default, Noon);

        metrology.AdvanceTo(Noon.AddHours(1), supplyConnected: false);
        EnergyTotals cut = metrology.Totals;
        int watts = metrology.ActiveImportWatts;
        metrology.AdvanceTo(Noon.AddHours(2), supplyConnected: true);

        cut.Should().Be(default(EnergyTotals));
        watts.Should().Be(0);
        metrology.Totals.ActiveImportWh.Should().Be(1000);
        metrology.Decivolts.Should().BeInRange(2270, 2330);
    }

    [Fact]
    public void Time_that_goes_back_counts_nothing()
    {
        EnergyMetrology metrology = new(new LoadProfile(Constant, 1), default, Noon);
        metrology.AdvanceTo(Noon.AddHours(1), supplyConnected: true);

        metrology.AdvanceTo(Noon, supplyConnected: true);
        metrology.AdvanceTo(Noon.AddHours(1), supplyConnected: true);

        metrology.Totals.ActiveImportWh.Should().Be(1000);
    }

    [Fact]
    public void Generation_above_the_load_is_exported()
    {
        EnergyMetrology metrology = new(new LoadProfile(new LoadProfileOptions(100, 0, 0, 0, 50_000), 3), default, Noon);

        metrology.AdvanceTo(Noon.AddHours(1), supplyConnected: true);

        metrology.Totals.ActiveExportWh.Should().BeGreaterThan(15_000);
        metrology.Totals.ActiveImportWh.Should().Be(0);
        metrology.Totals.ReactiveExportVarh.Should().BePositive();
        metrology.ActiveImportWatts.Should().Be(0);
    }

    [Fact]
    public void The_register_rolls_over_as_its_type_does()
    {
        EnergyMetrology metrology = new(new LoadProfile(Constant, 1), new EnergyTotals(uint.MaxValue, 0, 0, 0), Noon);

        metrology.AdvanceTo(Noon.AddHours(1), supplyConnected: true);

        metrology.Totals.ActiveImportWh.Should().Be(999);
    }

    [Fact]
    public void The_seed_makes_the_house_and_nothing_else_does()
    {
        LoadProfile one = new(LoadProfileOptions.House, 1);
        LoadProfile same = new(LoadProfileOptions.House, 1);
        LoadProfile other = new(LoadProfileOptions.House, 2);
        long slot = LoadProfile.SlotOf(Noon);

        int[] day = [.. Enumerable.Range(0, 1440).Select(minute => one.LoadWatts(slot + minute))];

        day.Should().Equal(Enumerable.Range(0, 1440).Select(minute => same.LoadWatts(slot + minute)));
        day.Should().NotEqual(Enumerable.Range(0, 1440).Select(minute => other.LoadWatts(slot + minute)));
        day.Should().OnlyContain(watts => watts >= 300 && watts <= 300 + 1800 + 240);
        day.Max().Should().BeGreaterThan(2000, "the evening has its peak");
    }
}
