using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Gsme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Gsme;

public sealed class GasMeterModelReaderTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "gsme.yaml"));

    [Fact]
    public void The_gas_meter_of_the_repository_is_read_whole()
    {
        GasMeterModel model = Read(Text);

        model.Eui64.Should().Be(0x90B3D51F300000B1);
        model.SiteId.Should().Be("9910000001");
        model.ConversionFactor.Should().Be(102_264);
        model.CalorificValue.Should().Be(39_500);
        model.InitialVolumeDm3.Should().Be(1_234_567);
        model.InitialValve.Should().Be(SupplyState.Connected);
        model.Wake.Every.Should().Be(TimeSpan.FromMinutes(30));
        model.Battery.UsedMicroampHours.Should().Be(1_000_000);
        model.Defects.Should().Be(GasDefects.None);
    }

    [Theory]
    [InlineData("kind: gsme", "kind: esme", "kind")]
    [InlineData("mprn: \"9910000001\"", "mprn: \"99100\"", "identity.mprn")]
    [InlineData("eui64: 90-B3-D5-1F-30-00-00-B1", "eui64: 90-B3", "identity.eui64")]
    [InlineData("valve: on", "valve: ajar", "valve")]
    [InlineData("valve: on", "vent: on", "vent")]
    [InlineData("calorific-value: 39.5", "calorific-value: 395", "gas.calorific-value")]
    [InlineData("low-percent: 10", "low-percent: 101", "battery.low-percent")]
    [InlineData("every: 30m", "every: 1s", "wake.every")]
    [InlineData("noise-dm3-per-hour: 60", "generation-dm3-per-hour: 60", "flow.generation-dm3-per-hour")]
    [InlineData("defects: []", "defects: [wrong-scaler]", "defects[0]")]
    public void A_wrong_value_names_its_place(string good, string bad, string key)
    {
        Text.Should().Contain(good);
        Action read = () => Read(Text.Replace(good, bad, StringComparison.Ordinal));

        read.Should().Throw<ConfigurationException>().Which.Key.Should().Be(key);
    }

    [Fact]
    public void Every_defect_can_be_planted_by_its_name()
    {
        foreach ((string name, GasDefects defect) in GasMeterModelReader.DefectNames)
        {
            Read(Text.Replace("defects: []", $"defects: [{name}]", StringComparison.Ordinal)).Defects.Should().Be(defect);
        }

        GasMeterModelReader.DefectNames.Values.Should().BeEquivalentTo(Enum.GetValues<GasDefects>().Except([GasDefects.None]));
    }

    private static GasMeterModel Read(string text) => GasMeterModelReader.Read(ConfigurationNode.Parse(text, "gsme.yaml"));
}
