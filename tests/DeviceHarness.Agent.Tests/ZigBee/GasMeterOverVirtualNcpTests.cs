using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Drivers.Gsme;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>The driver of gas meters against the virtual gas meter behind the virtual adapter, which others wrote: it joins by its install
/// code, agrees on a key, and is read and closed at its wakes.</summary>
[Collection(SelfTest.AloneCollection.Name)]
[Trait(SelfTest.AloneCollection.Process, SelfTest.AloneCollection.Name)]
public sealed class GasMeterOverVirtualNcpTests
{
    [Fact]
    public Task An_adapter_without_a_curve_library_cannot_agree_on_keys_by_itself() =>
        RadioBench.RunAsync(GasMeterBench.Model(meter => meter), async radio =>
        {
            await using HanNetwork network = new(new HanNetworkOptions
            {
                Adapter = radio.Adapter(isOwn: true),
                Establishment = GasMeterBench.OwnKeys,
                TimeProvider = radio.Clock,
            });

            Func<Task> starting = () => network.StartAsync(default);

            (await starting.Should().ThrowAsync<LocalProtocolException>()).Which.Code.Should().Be("HAN-025");
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_gas_meter_joins_agrees_on_a_key_is_read_and_closed(bool isOwn) =>
        GasMeterBench.RunAsync(meter => meter, isOwn, async bench =>
        {
            DeviceOutcome register = await DoneAsync(bench.Driver, new ReadInstantaneousImportRegisters());
            DeviceOutcome firmware = await DoneAsync(bench.Driver, new ReadFirmwareVersion());
            await DoneAsync(bench.Driver, new DisableSupply());
            DeviceOutcome supply = await DoneAsync(bench.Driver, new ReadSupplyStatus());

            bench.Agreement.Should().Be(EstablishmentFailure.None);
            decimal volume = decimal.Parse(
                register.Body!.Values["Gas.ConsumptionRegister.Value"], System.Globalization.CultureInfo.InvariantCulture);
            volume.Should().BeInRange(1234.567m, 1235m);
            ((ReadFirmwareVersionRsp)firmware.Body!).FirmwareVersion.Should().Be("1.3.0");
            ((ReadSupplyStatusRsp)supply.Body!).SupplyState.Should().Be(SupplyState.Disabled);
        });

    private static async Task<DeviceOutcome> DoneAsync(GsmeDriver driver, SrvRequestBody body)
    {
        SrvResult result = await driver.ExecuteAsync(body, default);
        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, $"{body.ElementName}: {result.Outcome.Detail}");
        return result.Outcome;
    }
}
