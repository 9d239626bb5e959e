using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Esme.Han;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.Tests.Han;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Esme.Han;

public sealed class EsmeHanDriverTests
{
    [Theory]
    [InlineData(301_234_567, 1, 1000, 0x00, "301234567")]
    [InlineData(3_012_345_678, 1, 10_000_000, 0x80, "301234")]
    [InlineData(301, 10, 1, 0x00, "3010000")]
    public async Task The_register_is_told_in_watt_hours(long raw, uint multiplier, uint divisor, byte unit, string energy)
    {
        DeviceOutcome outcome = await ReadAsync(raw, multiplier, divisor, unit);

        outcome.Kind.Should().Be(DeviceOutcomeKind.Done, outcome.Detail);
        outcome.Body!.Values["Electricity.ActiveImportRegister.Value"].Should().Be(energy);
        outcome.Body.Values.Keys.Should().NotContain(key => key.Contains("Reactive", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1u, 0u, 0x00)]
    [InlineData(1u, 1000u, 0x01)]
    public async Task A_register_without_a_scale_or_in_cubic_metres_breaks_the_protocol(uint multiplier, uint divisor, byte unit) =>
        (await ReadAsync(1, multiplier, divisor, unit)).Kind.Should().Be(DeviceOutcomeKind.ProtocolError);

    [Fact]
    public void The_profiles_in_the_repository_are_of_their_types()
    {
        string folder = Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "han");

        SmartEnergyProfile.LoadFile(Path.Combine(folder, "generic-smets1-esme-han.yaml")).DeviceType.Should().Be("ESME");
        SmartEnergyProfile.LoadFile(Path.Combine(folder, "generic-smets1-ppmid.yaml")).CodeOf(0x2B).Should().Be("8F89");
    }

    private static async Task<DeviceOutcome> ReadAsync(long raw, uint multiplier, uint divisor, byte unit)
    {
        await using HanBench bench = await HanBench.StartAsync();
        EsmeHanDriver driver = new(new SmartEnergyOptions
        {
            Id = new DeviceId("esme-01-han"),
            Eui64 = HanBench.Meter,
            Profile = new SmartEnergyProfile { Name = "test", DeviceType = SmartEnergyProfile.Esme, Endpoint = 1 },
            Network = bench.Network,
            TimeProvider = bench.Clock,
        });

        Task<SrvResult> reading = driver.ExecuteAsync(new ReadInstantaneousImportRegisters(), default);
        bench.AnswerRead(
            await bench.SentAsync(), new(0x0000, ZclData.Unsigned(ZclDataType.Unsigned48, (ulong)raw)),
            new(0x0300, ZclData.Unsigned(ZclDataType.Enum8, unit)), new(0x0301, ZclData.Unsigned(ZclDataType.Unsigned24, multiplier)),
            new(0x0302, ZclData.Unsigned(ZclDataType.Unsigned24, divisor)));
        return (await reading.DefaultTimeout()).Outcome;
    }
}
