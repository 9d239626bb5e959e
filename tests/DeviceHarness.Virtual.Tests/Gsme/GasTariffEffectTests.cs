using System.Buffers.Binary;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.Logs;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Gsme;

/// <summary>What a gas meter was told by frames, seen by what it does: what it charges, when it bills, when its valve stays open.</summary>
public sealed class GasTariffEffectTests
{
    private const string Provider = "0D0C0B0A";
    private const string Event = "01000000";
    private const string Tariff = "07000000";
    private const string Now = "00000000";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // 600 dm3/h are 6,732 Wh; 100 dm3 are 1,122 Wh.
    private static readonly LoadProfileOptions Steady = new(600, 0, 0, 0, 0);

    [Theory]
    [InlineData(GasDefects.None, 1_122 * 9_000L + 5_610 * 3_000L)]
    [InlineData(GasDefects.TariffIgnored, 6_732 * 6_890L)]
    public void Gas_is_charged_by_the_blocks_that_were_told(GasDefects defect, long millipenceWattHours)
    {
        GasFixture meter = Meter(defect);

        Tell(meter, "04", Information(Now, tiers: 1, thresholds: 1)).Should().Be("00");
        Tell(meter, "06", Head(Now) + "000100" + "11" + "640000000000").Should().Be("00");
        Tell(meter, "05", Head(Now) + "000100" + "11" + U32(9_000) + "12" + U32(3_000)).Should().Be("00");
        meter.Live(Hour);

        meter.State.Account.Balance.Should().BeCloseTo(-millipenceWattHours / 1000, 10);
        meter.Send(0x0700, "0001000004").Should().Equal("1801010004" + "0023" + U32(9_000));
        meter.Send(0x0700, "0001000001").Should().Equal("1801010001" + "0025" + "640000000000");
    }

    [Fact]
    public void A_tariff_without_its_prices_is_none_and_prices_of_another_are_not_taken()
    {
        GasFixture meter = Meter();

        Tell(meter, "05", Head(Now) + "000101" + "01" + U32(9_000)).Should().Be("8B");
        Tell(meter, "04", Information(Now, tiers: 1, thresholds: 0)).Should().Be("00");
        meter.State.Tariff.PriceMillipence.Should().Be(6_890);
        meter.State.Tariff.Standing.Active.MillipenceOfPeriod().Should().Be(29_600);
        Tell(meter, "05", Head(Now) + "000101" + "09" + U32(9_000)).Should().Be("85", "there are eight tiers");
        Tell(meter, "05", Head(Now) + "000101" + "01" + U32(9_000)).Should().Be("00");

        meter.State.Tariff.PriceMillipence.Should().Be(9_000);
        meter.State.Tariff.Standing.Active.MillipenceOfPeriod().Should().Be(20_000);
    }

    [Theory]
    [InlineData(false, 9_000)]
    [InlineData(true, 6_890)]
    public void A_tariff_for_later_holds_from_its_time_on_even_after_a_loss_of_power_unless_it_is_cancelled(bool isCancelled, long price)
    {
        GasFixture meter = Meter();
        string later = U32(ZclTime.FromMoment(meter.State.Now + Hour));

        Tell(meter, "04", Information(later, tiers: 1, thresholds: 0)).Should().Be("00");
        Tell(meter, "05", Head(later) + "000101" + "01" + U32(9_000)).Should().Be("00");
        Tell(meter, "0E", Provider + "08000000" + "00").Should().Be("8B");
        if (isCancelled)
        {
            Tell(meter, "0E", Provider + Tariff + "00").Should().Be("00");
        }

        GasFixture again = new(model => model with { Flow = Steady }, meter.Flash);
        again.Live(Hour - TimeSpan.FromMinutes(1));
        again.State.Tariff.PriceMillipence.Should().Be(6_890);
        again.Live(TimeSpan.FromMinutes(2));

        again.State.Tariff.PriceMillipence.Should().Be(price);
    }

    [Fact]
    public void A_special_day_has_the_rate_of_its_day()
    {
        GasFixture meter = Meter();
        DateTimeOffset today = meter.State.Now;
        string date = Convert.ToHexString([(byte)(today.Year - 1900), (byte)today.Month, (byte)today.Day, 0xFF]);

        Calendar(meter, "00", ["01010001" + "00" + "000001", "02010001" + "00" + "000002"], date + "02");
        int special = meter.State.Tariff.Rate;
        meter.Live(TimeSpan.FromDays(1));

        (special, meter.State.Tariff.Rate).Should().Be((2, 1));
    }

    [Theory]
    [InlineData(GasDefects.None, 3)]
    [InlineData(GasDefects.BillingIgnored, 0)]
    public void At_the_beginning_of_each_billing_period_a_snapshot_is_taken_and_told(GasDefects defect, int count)
    {
        GasFixture meter = Meter(defect);
        string start = U32(ZclTime.FromMoment(meter.State.Now + Hour));

        Tell(meter, "09", Provider + Event + start + "010000" + "01" + "00").Should().Be("00");
        meter.Live(TimeSpan.FromDays(3));

        Enumerable.Range(0, meter.State.History.Snapshots.Count)
            .Count(row => (GasSnapshot.Of(meter.State.History.Snapshots[row].Values).Cause & 0x2) != 0).Should().Be(count);
        meter.State.Events.Entries.Count(entry => entry.Code == EventCode.BillingLogUpdated).Should().Be(count);
        meter.Send(0x0700, "01010B" + Now + "FFFFFFFF" + "0100").Should().Equal("190109" + Provider + Now + start + "0100000100");
    }

    [Theory]
    [InlineData("000000", "01", "87")]
    [InlineData("010000", "04", "87")]
    [InlineData("FFFFFF", "01", "87")]
    public void A_billing_period_has_a_length(string duration, string timeBase, string status) => Tell(
        Meter(), "09", Provider + Event + Now + duration + timeBase + "00").Should().Be(status);

    [Theory]
    [InlineData(1, 3, "2026-01-31", "2026-02-15", "2026-02-28")]
    [InlineData(1, 3, "2026-01-31", "2026-02-28", "2026-03-31")]
    [InlineData(3, 3, "2026-02-01", "2026-04-30", "2026-05-01")]
    [InlineData(12, 3, "2026-02-01", "2027-02-01", "2028-02-01")]
    [InlineData(1, 2, "2026-02-01", "2026-02-09", "2026-02-15")]
    [InlineData(1, 1, "2026-02-01", "2026-01-09", "2026-02-01")]
    public void The_next_period_is_found(int duration, int timeBase, string start, string moment, string next) =>
        new GasBilling(Day(start), duration, timeBase).NextAfter(Day(moment)).Should().Be(Day(next));

    [Fact]
    public void In_its_friendly_hours_the_valve_stays_open_without_credit()
    {
        GasFixture meter = new(model => GasFixture.Prepaid(model with { Flow = Steady }, 0) with
        {
            ClockOffset = new DateTimeOffset(2026, 3, 2, 6, 0, 0, TimeSpan.Zero) - new GasFixture().Time.GetUtcNow(),
        });

        // On from midnight, off from half past nine.
        Calendar(meter, "03", ["01020001" + "03" + "000001" + "3A0200"], special: null);
        meter.Live(Hour);
        SupplyState before = meter.State.Valve;
        meter.Live(Hour * 3);

        (before, meter.State.Valve).Should().Be((SupplyState.Connected, SupplyState.Disconnected));
        meter.Send(0x0707, "010100" + Now + "FFFFFFFF" + "01" + "03" + "FFFFFFFF").Should().Equal(
            "190100" + Now + Now + "55000000" + Now + "0300" + "0151" + "010101");
        meter.Send(0x0707, "010101" + Now + "55000000" + "0000").Should().Equal(
            "190101" + Now + Now + "55000000" + "01" + "02000103" + "000001" + "3A0200");
    }

    private static GasFixture Meter(GasDefects defect = GasDefects.None) =>
        new(model => model with { Flow = Steady, Defects = defect });

    /// <summary>A publication of Price, and the status that the meter answers.</summary>
    private static string Tell(GasFixture meter, string command, string payload)
    {
        string answer = meter.Send(0x0700, "0921" + command + payload).Should().ContainSingle().Subject;
        answer[..8].Should().Be("10210B" + command);
        return answer[8..];
    }

    /// <summary>A calendar of one week and one season; each day from its number on, a special day from its date on.</summary>
    private static void Calendar(GasFixture meter, string type, string[] days, string? special)
    {
        const string Id = "55000000";
        string count = days.Length.ToString("X2", null);
        meter.Send(0x0707, "092100" + Provider + Event + Id + Now + type + "00" + "0151" + "0101" + count).Should().HaveCount(3);
        if (special is not null)
        {
            meter.Send(0x0707, "092104" + Provider + Event + Id + Now + type + "010001" + special).Should().Equal("10210B0400");
        }

        foreach (string day in days)
        {
            meter.Send(0x0707, "092101" + Provider + Event + Id + day).Should().Equal("10210B0100");
        }

        meter.Send(0x0707, "092102" + Provider + Event + Id + "01" + "01010101010101").Should().Equal("10210B0200");
        meter.Send(0x0707, "092103" + Provider + Event + Id + "0001" + "FF0101FF" + "01").Should().Equal("10210B0300");
    }

    private static string Information(string start, int tiers, int thresholds) => Provider + Event + Tariff + start + "00" + "0144"
        + tiers.ToString("X2", null) + thresholds.ToString("X2", null) + "00" + "3A03" + "50" + U32(20_000) + "00" + "010000" + "E80300";

    private static string Head(string start) => Provider + Event + start + Tariff;

    private static string U32(uint value)
    {
        byte[] octets = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(octets, value);
        return Convert.ToHexString(octets);
    }

    private static DateTimeOffset Day(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd", null, System.Globalization.DateTimeStyles.AssumeUniversal);
}
