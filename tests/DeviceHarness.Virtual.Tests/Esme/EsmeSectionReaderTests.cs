using DeviceHarness.Abstractions.Errors;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Auxiliary;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.Tariff;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Esme;

public sealed class EsmeSectionReaderTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme-boost.yaml"));

    [Fact]
    public void A_model_says_what_its_engines_start_with()
    {
        EsmeModel model = EsmeFixture.DefaultModel("esme-boost.yaml");

        model.HistoryDays.Should().Be(31);
        model.Tariff.Name.Should().Be("TWO-RATE");
        model.Tariff.Day.Should().Equal(new TariffSwitch(new TimeSpan(0, 30, 0), 2), new TariffSwitch(new TimeSpan(7, 30, 0), 1));
        model.Tariff.Prices.Should().Equal(new TariffPrice(1, 0, 28_640), new TariffPrice(2, 0, 9_710));
        model.Tariff.StandingMillipence.Should().Be(53_850);
        model.Prepayment.Mode.Should().Be(PaymentMode.Credit);
        model.Prepayment.KeepsSupplyOnSwitch.Should().BeTrue();
        model.LoadLimit.ThresholdWatts.Should().Be(20_000);
        model.Quality.SagDecivolts.Should().Be(2_070);
        model.Identity.Should().Be(new MeterIdentity { Variant = "ADE", ImportMpan = "9910000000077" });
        model.Auxiliary.IsRemoteOverrideAllowed.Should().BeFalse();
        model.Auxiliary.IsBoostRemote.Should().BeFalse();
        model.Auxiliary.BoostButtons.Should().ContainSingle().Which.Should().Equal(1);
        AuxiliaryLoadOptions load = model.Auxiliary.Loads.Should().ContainSingle().Subject;
        load.Watts.Should().Be(3_000);
        load.Calendar.Should().Equal(
            new AuxiliarySwitch(new TimeSpan(0, 30, 0), true), new AuxiliarySwitch(new TimeSpan(4, 30, 0), false));
    }

    [Theory]
    [InlineData("history-days: 31", "history-days: 32", "history-days")]
    [InlineData("from: \"07:30\", rate: 1", "from: \"24:30\", rate: 1", "tariff.day[1].from")]
    [InlineData("rate: 2 }\n    - { from: \"07", "rate: 49 }\n    - { from: \"07", "tariff.day[0].rate")]
    [InlineData("rate: 2, millipence", "rate: 1, millipence", "tariff.prices")]
    [InlineData("standing-millipence: 53850", "standing: 1", "tariff.standing")]
    [InlineData("standing-millipence: 53850", "block-thresholds-wh: [5, 5]", "tariff.block-thresholds-wh")]
    [InlineData("mode: credit", "mode: cash", "prepayment.mode")]
    [InlineData("threshold-watts: 20000", "threshold-watts: 0", "load-limit.threshold-watts")]
    [InlineData("average-over: 253.0", "average-period-seconds: 700", "voltage.average-period-seconds")]
    [InlineData("sag: 207.0", "sag: 401", "voltage.sag")]
    [InlineData("buttons: [[1]]", "buttons: [[2]]", "auxiliary.boost.buttons[0][0]")]
    [InlineData("watts: 3000", "power: 3000", "auxiliary.loads[0].watts")]
    [InlineData("remote-override: false", "override: false", "auxiliary.override")]
    [InlineData("import-mpan: \"9910000000077\"", "import-mpan: \"1\"", "identity.import-mpan")]
    [InlineData("digits: 6", "digits: 9", "identity.display.digits")]
    [InlineData("valid: true }", "valid: true, drift-ppm: 1001 }", "clock.drift-ppm")]
    [InlineData("clock-kept: true", "battery-hours: 0", "power.battery-hours")]
    public void A_mistake_is_refused_with_its_place(string right, string wrong, string key)
    {
        Text.Should().Contain(right);

        Action read = () => EsmeFixture.ModelOf(Text.Replace(right, wrong, StringComparison.Ordinal));

        read.Should().Throw<ConfigurationException>().Which.Key.Should().Be(key);
    }

    [Fact]
    public void Options_never_show_the_token_key()
    {
        EsmeFixture.DefaultModel().Prepayment.ToString().Should().NotContain("virtual-esme");
        EsmeFixture.DefaultModel().ToString().Should().NotContain("virtual-esme");
    }
}
