using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Drivers.Gsme;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>The driver of gas meters against the virtual gas meter behind the virtual adapter, which others wrote: it joins by its install
/// code, agrees on a key, and is read and closed while it is awake.</summary>
public sealed class GasMeterOverVirtualNcpTests : IHanObserver
{
    private const ulong Meter = 0x90B3D51F300000B1;

    private readonly TaskCompletionSource<HanKeyEstablishment> _established = new(TaskCreationOptions.RunContinuationsAsynchronously);

    void IHanObserver.Told(HanEvent told)
    {
        if (told is HanKeyEstablishment key)
        {
            _established.TrySetResult(key);
        }
    }

    [Fact]
    public async Task An_adapter_without_a_curve_library_cannot_agree_on_keys_by_itself()
    {
        VirtualNcpLine line = new(new VirtualNcp("zigbee", Model(null), TimeProvider.System));
        await using HanNetwork network = new(new HanNetworkOptions { Adapter = Adapter(line, isOwn: true), Establishment = OwnKeys() });

        Func<Task> starting = () => network.StartAsync(default).DefaultTimeout();

        (await starting.Should().ThrowAsync<LocalProtocolException>()).Which.Code.Should().Be("HAN-025");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_gas_meter_joins_agrees_on_a_key_is_read_and_closed(bool isOwn)
    {
        TestAuthority authority = new(EstablishmentSuites.Suite1, 1);
        NcpModel model = Model(isOwn ? authority : null);
        VirtualNcpLine line = new(new VirtualNcp("zigbee", model, TimeProvider.System));
        using CbkeIdentity identity = authority.Issue(model.Adapter.Eui64);
        await using HanNetwork network = new(new HanNetworkOptions
        {
            Adapter = Adapter(line, isOwn),
            Establishment = isOwn ? OwnKeys() : new EstablishmentSettings
            {
                Identities = [identity],
                Authorities = [authority.Trust],
                Random = System.Security.Cryptography.RandomNumberGenerator.Fill,
            },
        });
        network.Observe(this);
        GsmeDriver driver = new(new SmartEnergyOptions
        {
            Id = new DeviceId("gsme-01"),
            Eui64 = Meter,
            Network = network,
            Profile = SmartEnergyProfile.LoadFile(
                Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "han", "generic-smets1-gsme.yaml")),
        });

        await network.StartAsync(default).DefaultTimeout();
        await network.FormAsync(new() { Channel = 15 }, default).DefaultTimeout();
        HanCandidate.TryParse("90B3D51F300000B1", "83FED3407A939723A5C639B26916D505C3B5", out HanCandidate? candidate, out _)
            .Should().BeTrue();
        await using HanJoinWindow window = await network.PermitAsync([candidate!], TimeSpan.FromSeconds(60), default).DefaultTimeout();
        HanNode? joined = await window.WaitForAsync(Meter, default).DefaultTimeout();
        HanKeyEstablishment key = await _established.Task.DefaultTimeout();
        DeviceOutcome register = await DoneAsync(driver, new ReadInstantaneousImportRegisters());
        DeviceOutcome firmware = await DoneAsync(driver, new ReadFirmwareVersion());
        await DoneAsync(driver, new DisableSupply());
        DeviceOutcome supply = await DoneAsync(driver, new ReadSupplyStatus());

        joined.Should().NotBeNull();
        key.Failure.Should().Be(EstablishmentFailure.None);
        decimal volume = decimal.Parse(
            register.Body!.Values["Gas.ConsumptionRegister.Value"], System.Globalization.CultureInfo.InvariantCulture);
        volume.Should().BeInRange(1234.567m, 1235m);
        ((ReadFirmwareVersionRsp)firmware.Body!).FirmwareVersion.Should().Be("1.3.0");
        ((ReadSupplyStatusRsp)supply.Body!).SupplyState.Should().Be(SupplyState.Disabled);
    }

    private static NcpModel Model(TestAuthority? own)
    {
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "han", "adapter.yaml"));
        return model with { Adapter = model.Adapter with { Authority = own } };
    }

    private static IZigBeeAdapter Adapter(VirtualNcpLine line, bool isOwn) => ZigBeeAdapters.Create(
        new() { Kind = "ezsp", UsesOwnKeyAgreement = isOwn }, "zigbee", _ => new(line.Open()), TimeProvider.System);

    private static EstablishmentSettings OwnKeys() => new()
    {
        Identities = [],
        Authorities = [],
        Random = _ => throw new System.Diagnostics.UnreachableException("the adapter makes its keys"),
        InAdapter = new AdapterKeyAgreement(),
    };

    private static async Task<DeviceOutcome> DoneAsync(GsmeDriver driver, SrvRequestBody body)
    {
        SrvResult result = await driver.ExecuteAsync(body, default).DefaultTimeout();
        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, $"{body.ElementName}: {result.Outcome.Detail}");
        return result.Outcome;
    }
}
