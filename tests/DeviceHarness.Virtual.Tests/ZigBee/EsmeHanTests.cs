using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.ZigBee;

/// <summary>The Smart Energy side of the repository's electricity meter, behind a trust centre by the test's hand, held against the inside
/// of the meter.</summary>
public sealed class EsmeHanTests
{
    private const ulong Radio = 0x90B3D51F300000E1;

    private static readonly TestAuthority Authority = new(EstablishmentSuites.Suite1, 1);

    [Fact]
    public void It_tells_what_the_meter_counts_in_kilowatt_hours()
    {
        NcpModel model = Model();
        VirtualEsme meter = Meter(model);
        using HanHub hub = Ready(model, meter);
        uint energy = meter.Inside(one => one.Engines.Totals().ActiveImportWh);

        hub.Ask(Radio, 0x0702, "00 09 00 0000").Should().Be(
            "18090100000025" + Convert.ToHexString(BitConverter.GetBytes((ulong)energy)[..6]));
        hub.Ask(Radio, 0x0702, "00 09 00 0003").Should().Be("18090100030030" + "00");
        hub.Ask(Radio, 0x0702, "00 09 00 0203").Should().Be("18090102030022" + "E80300");
        hub.Ask(Radio, 0x0702, "00 09 00 0603").Should().Be("18090106030018" + "00");
    }

    [Fact]
    public void Its_supply_and_its_account_are_the_meters()
    {
        NcpModel model = Model();
        VirtualEsme meter = Meter(model);
        using HanHub hub = Ready(model, meter);
        string? before = hub.Ask(Radio, 0x0702, "00 09 00 1400");

        meter.Inside(one => one.MoveSupply(supply =>
        {
            supply.MoveLocally(SupplyState.Disconnected);
            return true;
        }));
        long balance = meter.Inside(one => one.Engines.Account.Balance);

        before.Should().Be("1809011400" + "0030" + "02");
        hub.Ask(Radio, 0x0702, "00 09 00 1400").Should().Be("1809011400" + "0030" + "00");
        hub.Ask(Radio, 0x0705, "00 09 00 0100").Should().Be(
            "1809010100" + "002B" + Convert.ToHexString(BitConverter.GetBytes((int)balance)));
    }

    [Fact]
    public void It_publishes_the_price_that_holds()
    {
        NcpModel model = Model();
        VirtualEsme meter = Meter(model);
        using HanHub hub = Ready(model, meter);
        uint price = (uint)meter.Inside(one => one.Engines.Tariff.PriceMillipence);

        string told = hub.Ask(Radio, 0x0700, "01 09 00 00")!;

        told.Should().StartWith("190900" + "00000000" + "00" + "01000000")
            .And.EndWith("00" + "3A03" + "51" + "11" + "00000000" + "FFFF" + Convert.ToHexString(BitConverter.GetBytes(price)));
        price.Should().BePositive();
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_meter_that_does_not_know_the_time_says_so_and_keeps_no_snapshots(bool isValid, bool isUnknown)
    {
        NcpModel model = Model();
        VirtualEsme meter = Meter(model, esme => esme with { IsClockValid = isValid });
        using HanHub hub = Ready(model, meter);

        hub.Ask(Radio, 0x0702, "00 09 00 0700")!.EndsWith("E2FFFFFFFF", StringComparison.Ordinal).Should().Be(isUnknown);
        hub.Ask(Radio, 0x000A, "00 09 00 0000")!.EndsWith("E2FFFFFFFF", StringComparison.Ordinal).Should().Be(isUnknown);
        hub.Ask(Radio, 0x0702, "01 09 06 00000000 FFFFFFFF 00 00000200").Should().Be("18090B068B");
        hub.Ask(Radio, 0x0702, "01 09 06 00").Should().Be("18090B0680");
    }

    private static NcpModel Model()
    {
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "home", "adapter.yaml"));
        return model with { Devices = [model.Devices.Single(device => device.Name == "esme-01")] };
    }

    private static VirtualEsme Meter(NcpModel model, Func<EsmeModel, EsmeModel>? change = null)
    {
        EsmeModel meter = model.Devices[0].ElectricityMeter!.Meter with { HistoryDays = 0 };
        return new VirtualEsme("esme-01", change?.Invoke(meter) ?? meter, new ManualTimeProvider());
    }

    private static HanHub Ready(NcpModel model, VirtualEsme meter)
    {
        HanHub hub = new(model, Authority, meterOf: name => name == meter.Name ? meter : null);
        hub.Live(TimeSpan.FromMinutes(1));
        hub.Heard.Clear();
        return hub;
    }
}
