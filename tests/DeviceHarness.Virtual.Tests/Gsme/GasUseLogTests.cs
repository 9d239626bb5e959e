using System.Buffers.Binary;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Gpf;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.ZigBee;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Gsme;

/// <summary>The logs of a gas meter and of its proxy, by octets of GetProfile and GetSampledData, each defect of them beside the same
/// without it.</summary>
public sealed class GasUseLogTests
{
    private const long HalfHourDm3 = 300;
    private static readonly LoadProfileOptions Steady = new(600, 0, 0, 0, 0);

    private static readonly DateTimeOffset Start = new ManualTimeProvider().GetUtcNow();

    /// <summary>The command is the DCC's of SRV 4.10 but for the time: 41 samples; the answer has as many as fit a frame.</summary>
    [Fact]
    public void The_network_data_log_holds_four_hours_of_six_minutes()
    {
        GasFixture meter = Meter();

        meter.Live(TimeSpan.FromHours(9));
        Read first = Sampled(meter, 2, 0, 41);
        Read second = Sampled(meter, 2, first.End, 41);
        Read third = Sampled(meter, 2, second.End, 41);

        using AssertionScope scope = new();
        (first.Id, first.Type, first.Interval).Should().Be((2, 0, 360));
        new[] { first, second, third }.Sum(read => read.Values.Length).Should().Be(41);
        first.Values.Concat(second.Values).Concat(third.Values).Should().OnlyContain(value => value == 60);
        third.End.Should().Be(Floor(meter.State.Now, TimeSpan.FromMinutes(6)));
    }

    /// <summary>Days from midnight to midnight; the one in which the meter was switched on is none.</summary>
    [Fact]
    public void A_day_is_the_difference_of_the_register_at_its_midnights_and_the_sum_of_its_half_hours()
    {
        GasFixture meter = Meter();
        meter.Live(TimeSpan.FromDays(3));

        Read days = Sampled(meter, 1, 0, 731);
        Read halves = Sampled(meter, 0, days.Start, 18);
        long[] day = [.. halves.Values, .. Sampled(meter, 0, halves.End, 18).Values, .. Sampled(meter, 0, halves.End + 32_400, 12).Values];

        days.Interval.Should().Be(0xFFFF, "86,400 s have no place");
        days.Values.Should().Equal(48 * HalfHourDm3, 48 * HalfHourDm3);
        ((days.Start % 86_400), day.Sum()).Should().Be((0u, days.Values[0]));
    }

    [Fact]
    public void A_new_meter_with_a_past_has_days_snapshots_and_half_hours_that_fit_each_other()
    {
        GasFixture meter = new(model => model with { HistoryDays = 2 });
        meter.Live(TimeSpan.FromDays(1));

        using AssertionScope scope = new();
        meter.State.History.Snapshots.Count.Should().Be(4);
        meter.State.History.Network.Count.Should().Be(41);
        foreach (int day in Enumerable.Range(0, 3))
        {
            (DateTimeOffset from, long before) = At(day);
            (DateTimeOffset to, long after) = At(day + 1);
            Enumerable.Range(0, meter.State.History.HalfHours.Count).Select(row => meter.State.History.HalfHours[row])
                .Where(row => row.Stamp > from && row.Stamp <= to).Sum(row => row.Values[0]).Should().Be(after - before, $"of {to:d}");
        }

        (DateTimeOffset Stamp, long Dm3) At(int row) => (
            meter.State.History.Snapshots[row].Stamp, GasSnapshot.Of(meter.State.History.Snapshots[row].Values).VolumeDm3);
    }

    [Fact]
    public void What_it_noted_is_in_flash_and_a_half_hour_goes_on_after_a_restart()
    {
        MemoryFlash flash = new();
        GasFixture before = new(model => model with { Flow = Steady }, flash);
        before.Live(TimeSpan.FromMinutes(75));
        before.State.Save();

        GasMeterState again = new(before.Model with { ClockOffset = TimeSpan.Zero }, before.Time, flash);
        before.Time.Advance(TimeSpan.FromMinutes(15));
        again.Settle();

        again.History.HalfHours.Count.Should().Be(3);
        again.History.HalfHours[2].Values[0].Should().Be(HalfHourDm3);
        again.History.Network.Count.Should().Be(15);
    }

    /// <summary>A half hour that the meter does not have is told as none, and those after it are at their times.</summary>
    [Theory]
    [InlineData(GasDefects.None, false)]
    [InlineData(GasDefects.HalfHourLost, true)]
    public void Half_hour_lost(GasDefects defect, bool isLost)
    {
        GasFixture meter = new(model => model with { Flow = Steady, Defects = defect });
        meter.Live(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        uint lost = ZclTime.FromMoment(Start.UtcDateTime.Date.AddDays(Start.TimeOfDay < GasHistory.LostAt ? 0 : 1) + GasHistory.LostAt);

        Read around = Sampled(meter, 0, lost - 3600, 3);
        Profile profile = Profiled(meter, lost + 1800, 3);

        around.Values.Should().Equal(HalfHourDm3, isLost ? 0xFFFFFF : HalfHourDm3, HalfHourDm3);
        profile.Should().BeEquivalentTo(new Profile(
            lost + 1800, 0, 2, [HalfHourDm3, isLost ? 0xFFFFFF : HalfHourDm3, HalfHourDm3]));
    }

    [Theory]
    [InlineData(GasDefects.None, 0, HalfHourDm3)]
    [InlineData(GasDefects.ProfileShifted, 1800, HalfHourDm3)]
    [InlineData(GasDefects.ProfileScaled, 0, 10 * HalfHourDm3)]
    public void Profile_shifted_and_profile_scaled(GasDefects defect, int late, long dm3)
    {
        GasFixture meter = new(model => model with { Flow = Steady, Defects = defect });
        meter.Live(TimeSpan.FromHours(3));
        uint last = Floor(meter.State.Now, GasHistory.HalfHour) + (uint)late;

        Profile profile = Profiled(meter, 0, 2);
        Read sampled = Sampled(meter, 0, last - 3600, 18);

        profile.Should().BeEquivalentTo(new Profile(last, 0, 2, [dm3, dm3]));
        (sampled.End, sampled.Values[^1]).Should().Be((last, dm3));
    }

    [Theory]
    [InlineData(GasDefects.None, 15)]
    [InlineData(GasDefects.LogStopsAtRestart, 5)]
    public void Log_stops_at_restart(GasDefects defect, int samples)
    {
        GasFixture meter = new(model => model with { Flow = Steady, Defects = defect });
        meter.Live(TimeSpan.FromMinutes(30));

        meter.State.RunFirmware("1.4.0");
        meter.Live(TimeSpan.FromHours(1));

        Sampled(meter, 2, 0, 41).Values.Should().HaveCount(samples);
    }

    [Theory]
    [InlineData("0121000100000000" + "04", "192100" + "00000000" + "020200", "received is not counted")]
    [InlineData("0121000700000000" + "04", "192100" + "00000000" + "010200", "no such channel")]
    [InlineData("01210000E8030000" + "04", "192100" + "E8030000" + "050200", "so long ago there was none")]
    [InlineData("012108070000000000" + "000400", "18210B088B", "no such samples")]
    [InlineData("012108000000000000" + "010400", "18210B088B", "of another kind")]
    [InlineData("0121080000FFFFFFFF" + "000400", "18210B088B", "later than all")]
    [InlineData("0121080000000000", "18210B0880", "cut short")]
    public void What_it_does_not_have_is_said(string asked, string told, string because)
    {
        GasFixture meter = Meter();
        meter.Live(TimeSpan.FromHours(1));

        meter.Send(0x0702, asked).Should().Equal([told], because);
    }

    /// <summary>The clock goes back over a half hour and on: no time is told twice.</summary>
    [Fact]
    public void A_clock_that_was_set_leaves_each_time_once()
    {
        GasFixture meter = Meter();
        meter.Live(TimeSpan.FromHours(2));
        meter.State.SetClock(meter.State.Now - TimeSpan.FromMinutes(60));
        meter.Live(TimeSpan.FromHours(2));

        Read told = Sampled(meter, 0, 0, 18);

        told.End.Should().Be(Floor(meter.State.Now, GasHistory.HalfHour));
        (told.Values.Length * 1800).Should().Be((int)(told.End - told.Start));
    }

    /// <summary>The proxy gets what the meter noted when that reports, and nothing between two reports.</summary>
    [Theory]
    [InlineData(GpfDefects.None, 0)]
    [InlineData(GpfDefects.LogDiffers, 100)]
    public void A_proxy_has_the_logs_of_its_meter_as_of_the_last_report(GpfDefects defect, long more)
    {
        GasFixture meter = Meter();
        MemoryFlash flash = new();
        GpfState proxy = Proxy(meter, flash, defect);
        meter.Live(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(1));

        proxy.Find(0).Should().BeEmpty("nothing was reported");
        Report(proxy);
        GasUse[] reported = proxy.Find(0);
        meter.Live(TimeSpan.FromHours(5));
        int later = proxy.Find(0).Length;
        Report(proxy);
        GasUse[] all = Proxy(meter, flash, defect).Find(0);

        using AssertionScope scope = new();
        later.Should().Be(reported.Length);
        all.Length.Should().Be(reported.Length + 10);
        all.Select(use => use.Dm3).Should().Equal(
            all.Select(use => (long?)(HalfHourDm3 + (use.End.TimeOfDay == TimeSpan.FromHours(12) ? more : 0))));
        all[^1].End.Should().Be(ZclTime.ToMoment(Floor(meter.State.Now, GasHistory.HalfHour)));
        proxy.Logs.Find(2)!.From(DateTimeOffset.MinValue, 100).Should().HaveCount(41);
    }

    private static GasFixture Meter() => new(model => model with { Flow = Steady });

    private static uint Floor(DateTimeOffset time, TimeSpan interval) =>
        ZclTime.FromMoment(new DateTimeOffset(time.UtcTicks / interval.Ticks * interval.Ticks, TimeSpan.Zero));

    private static GpfState Proxy(GasFixture meter, MemoryFlash flash, GpfDefects defect)
    {
        GpfModel model = new()
        {
            Identity = GpfModelIdentity(),
            GasMeter = "gsme-01",
            Defects = defect,
        };
        GpfState proxy = new(model, meter.Time, flash);
        proxy.Logs.Meter = meter.Endpoint.Metering.Serve;
        return proxy;
    }

    private static HanModelIdentity GpfModelIdentity() => GpfModelReader.Read(Abstractions.Configuration.ConfigurationNode.Parse(
        File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "gpf.yaml")), "gpf.yaml")).Identity;

    private static void Report(GpfState proxy) => proxy.TakeReport(0x0702, Convert.FromHexString("000025" + "010000000000"));

    private static Read Sampled(GasFixture meter, ushort id, uint earliest, ushort count)
    {
        string asked = Convert.ToHexString(new WireOctets().Octet(0x01).Octet(0x21).Octet(0x08).Word(id).DoubleWord(earliest).Octet(0)
            .Word(count).ToArray());
        byte[] told = Convert.FromHexString(meter.Send(0x0702, asked).Should().ContainSingle().Subject);
        told[..3].Should().Equal(0x19, 0x21, 0x07);
        ReadOnlySpan<byte> payload = told.AsSpan(3);
        long[] values = Values(payload[11..], BinaryPrimitives.ReadUInt16LittleEndian(payload[9..]));
        uint start = BinaryPrimitives.ReadUInt32LittleEndian(payload[2..]);
        uint seconds = id == 1 ? 86_400u : BinaryPrimitives.ReadUInt16LittleEndian(payload[7..]);
        return new Read(
            BinaryPrimitives.ReadUInt16LittleEndian(payload), start, payload[6], BinaryPrimitives.ReadUInt16LittleEndian(payload[7..]),
            values, start + ((uint)values.Length * seconds));
    }

    private static Profile Profiled(GasFixture meter, uint end, byte count)
    {
        string asked = Convert.ToHexString(
            new WireOctets().Octet(0x01).Octet(0x21).Octet(0x00).Octet(0).DoubleWord(end).Octet(count).ToArray());
        byte[] told = Convert.FromHexString(meter.Send(0x0702, asked).Should().ContainSingle().Subject);
        told[..3].Should().Equal(0x19, 0x21, 0x00);
        return new Profile(BinaryPrimitives.ReadUInt32LittleEndian(told.AsSpan(3)), told[7], told[8], Values(told.AsSpan(10), told[9]));
    }

    private static long[] Values(ReadOnlySpan<byte> octets, int count)
    {
        octets.Length.Should().Be(3 * count);
        long[] values = new long[count];
        for (int index = 0; index < count; index++)
        {
            values[index] = octets[3 * index] | (octets[(3 * index) + 1] << 8) | (octets[(3 * index) + 2] << 16);
        }

        return values;
    }

    private sealed record Read(int Id, uint Start, int Type, int Interval, long[] Values, uint End);

    private sealed record Profile(uint End, int Status, int Period, long[] Values);
}

/// <summary>What a proxy holds, whole.</summary>
file static class GpfStateLogs
{
    public static GasUse[] Find(this GpfState proxy, ushort id) => [.. proxy.Logs.Find(id)!.From(DateTimeOffset.MinValue, 100_000)];
}
