using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Mmo;
using DeviceHarness.Drivers.Gpf;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.ZigBee;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>The adapter as a device in the network of the virtual hub, which others wrote from the hub's side.</summary>
public sealed class JoinerOverVirtualHubTests
{
    private const ulong Meter = 0x90B3D51F300000B1;
    private const ulong Hub = 0x90B3D51F30000C01;
    private const string Code = "83FED3407A939723A5C639B26916D505C3B5";

    private readonly SkippingClock _clock = new();

    [Fact]
    public async Task It_joins_reads_the_mirror_is_back_after_a_restart_and_after_a_network_key_that_it_missed_and_leaves()
    {
        NcpModel model = Model();
        VirtualNcp ncp = new("zigbee", model, _clock);
        VirtualNcpLine line = new(ncp);
        using CbkeIdentity identity = model.Hub!.Authority.Issue(model.Adapter.Eui64);
        Pass(ncp, TimeSpan.FromMinutes(1));

        HanEntered joined;
        DeviceOutcome register;
        await using (HanNetwork network = Network(line, model, identity))
        {
            await network.StartAsync(default).DefaultTimeout();
            joined = await network.EnterAsync(Entry(Code), default).DefaultTimeout();
            register = await ReadAsync(network);
        }

        EzspKey next = new("FFEEDDCCBBAA99887766554433221100".Octets());
        ncp.Restart(AshResetCode.PowerOn);
        ncp.Act((adapter, now) => Do(() => adapter.Hub!.SendNextNetworkKey(next, now)));
        Pass(ncp, TimeSpan.FromMinutes(1));
        ncp.Act((adapter, now) => Do(() => adapter.Hub!.SwitchNetworkKey(now)));
        HanEntered back;
        DeviceOutcome again;
        await using (HanNetwork network = Network(line, model, identity))
        {
            await network.StartAsync(default).DefaultTimeout();
            back = await network.EnterAsync(Entry(Code), default).DefaultTimeout();
            again = await ReadAsync(network);
            await network.LeaveAsync(default).DefaultTimeout();
        }

        joined.Should().BeEquivalentTo(new { IsNew = true, HasLinkKey = true, TrustCentre = new { Eui64 = Hub, NodeId = 0 } });
        joined.Network.Role.Should().Be(ZigBeeRole.Router);
        (back.IsNew, back.HasLinkKey, back.Network.NodeId).Should().Be((false, true, joined.Network.NodeId));
        register.Body!.Values.Should().ContainKey("Gas.ConsumptionRegister.Value");
        again.Kind.Should().Be(DeviceOutcomeKind.Done, again.Detail);
        (ncp.Hub!.NetworkKey, ncp.Ncp.NetworkKey).Should().Be((next, next));
        ncp.Hub.IsEstablished(model.Adapter.Eui64).Should().BeFalse("it left");
        ncp.Hub.IsEstablished(Meter).Should().BeTrue();
        ncp.Devices.Should().OnlyContain(device => device.IsJoined);
    }

    [Fact]
    public async Task Another_install_code_than_the_hub_knows_is_told_without_the_code()
    {
        NcpModel model = Model() with { Devices = [] };
        VirtualNcpLine line = new(new VirtualNcp("zigbee", model, _clock));
        using CbkeIdentity identity = model.Hub!.Authority.Issue(model.Adapter.Eui64);
        await using HanNetwork network = Network(line, model, identity);
        await network.StartAsync(default).DefaultTimeout();

        Func<Task> join = () => network.EnterAsync(Entry("00010203040506070262"), default);

        (await join.Should().ThrowAsync<Abstractions.Errors.DeviceRefusedException>()).Which.Message.Should()
            .Contain("90B3D51F30000C00").And.Contain("install code").And.NotContain("0001020304");
    }

    private static NcpModel Model()
    {
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "han-hub.yaml"));
        return model with
        {
            Radio = model.Radio with { ApsAckTimeout = TimeSpan.FromMilliseconds(20) },
            Devices = [model.Devices[0] with { GasMeter = model.Devices[0].GasMeter! with { HistoryDays = 0 } }],
        };
    }

    private static HanNetwork Network(VirtualNcpLine line, NcpModel model, CbkeIdentity identity) => new(new HanNetworkOptions
    {
        Adapter = ZigBeeAdapters.Create(new() { Kind = "ezsp" }, "zigbee", _ => new(line.Open()), TimeProvider.System),
        Establishment = new EstablishmentSettings
        {
            Identities = [identity],
            Authorities = [model.Hub!.Authority.Trust],
            Random = System.Security.Cryptography.RandomNumberGenerator.Fill,
        },
    });

    private static HanEntry Entry(string code) => new()
    {
        Code = InstallCode.TryParse(code, out InstallCode? taken, out _) ? taken : throw new ArgumentException(code),
        Channels = 1u << 15,
    };

    private static async Task<DeviceOutcome> ReadAsync(HanNetwork network)
    {
        await using GpfDriver driver = new(new SmartEnergyOptions
        {
            Id = new DeviceId("gpf-01"),
            Eui64 = Hub,
            Network = network,
            Profile = SmartEnergyProfile.LoadFile(
                Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "han", "generic-smets1-gpf.yaml")),
        });
        SrvResult result = await driver.ExecuteAsync(new ReadInstantaneousImportRegisters(), default).DefaultTimeout();
        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        return result.Outcome;
    }

    private static int Do(Action act)
    {
        act();
        return 0;
    }

    private void Pass(VirtualNcp ncp, TimeSpan time)
    {
        _clock.Skip(time);
        ncp.Step([]);
    }

    /// <summary>The time of the machine, and what was skipped.</summary>
    private sealed class SkippingClock : TimeProvider
    {
        private long _skipped;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Skip(TimeSpan time) => Interlocked.Add(ref _skipped, time.Ticks);

        public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Interlocked.Read(ref _skipped);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _skipped));
    }
}
