using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ezsp;

public sealed class EzspAdapterTests
{
    private const ulong Meter = 0x70B3D52B60112233;

    private const string KeyDigits = "000102030405060708090A0B0C0D0E0F";

    private static readonly CipherKey Key = CipherKey.Create(KeyDigits.Octets());

    [Fact]
    public async Task An_adapter_is_set_up_for_smart_energy_before_its_network_is_looked_for()
    {
        await using AdapterBench bench = new();

        await bench.StartAsync();

        EzspFrameId[] order =
        [
            .. bench.Ncp.Ids.Where(id => id is not (EzspFrameId.SetConfigurationValue or EzspFrameId.SetPolicy)),
        ];
        order.Should().Equal(
            EzspFrameId.Version, EzspFrameId.Version, EzspFrameId.GetValue, EzspFrameId.SetManufacturerCode, EzspFrameId.AddEndpoint,
            EzspFrameId.GetEui64, EzspFrameId.NetworkInit, EzspFrameId.MaximumPayloadLength);
        bench.Ncp.Of(EzspFrameId.SetConfigurationValue).Select(Convert.ToHexString).Should().BeEquivalentTo(
            "190200", "12001E", "101E00", "2D0100", "0C0200", "0D0500", "112000", "130800", "362C01", "1E4000", "1C0100");
        bench.Ncp.Of(EzspFrameId.SetPolicy).Select(Convert.ToHexString).Should().BeEquivalentTo(
            "0112", "0440", "0331", "0550", "0660", "0013");
        Convert.ToHexString(bench.Ncp.Of(EzspFrameId.AddEndpoint).Single()).Should().StartWith("0109010005000D06");
        bench.Adapter.Identity.Should().BeEquivalentTo(
            new ZigBeeAdapterIdentity(0x00124B0001020304, "EZSP 13", "EmberZNet 7.4.3.0 build 262", []));
        bench.Adapter.Network.Should().BeNull();
    }

    [Fact]
    public async Task What_a_firmware_does_not_take_is_noted_and_the_adapter_starts_all_the_same()
    {
        await using AdapterBench bench = new(version: 6);
        bench.Ncp.Answers.Remove(EzspFrameId.GetValue);
        bench.Ncp.Answers[EzspFrameId.SetConfigurationValue] = parameters => [(byte)(parameters[0] == 0x36 ? 0x37 : 0)];

        await bench.StartAsync();

        bench.Adapter.Identity!.Notes.Should().Equal("to tell its version: InvalidFrameId", "TransientKeyTimeout 300: InvalidId");
        bench.Adapter.Identity.Firmware.Should().Be("7.4.3.0");
        bench.Ncp.Of(EzspFrameId.SetPolicy).Select(Convert.ToHexString).Should().Contain("0001", "decisions were numbers then");
    }

    [Fact]
    public async Task A_stored_network_is_gone_on_in()
    {
        await using AdapterBench bench = new AdapterBench().Stored();

        await bench.StartAsync();

        bench.Adapter.Network.Should().Be(new ZigBeeNetwork(ZigBeeRole.Coordinator, 0, 0x1122334455667788, 0x1A2B, 15, 5));
        bench.Ncp.Ids.Should().ContainInOrder(EzspFrameId.NetworkInit, EzspFrameId.GetNetworkParameters, EzspFrameId.SetConcentrator);
        (await bench.EventAsync<ZigBeeNetworkChanged>()).Should().Be(new ZigBeeNetworkChanged("NetworkUp", true));
    }

    [Fact]
    public async Task A_network_is_formed_with_security_first_and_left_again()
    {
        await using AdapterBench bench = new AdapterBench()
            .After(EzspFrameId.FormNetwork, EmberStatus.NetworkUp).After(EzspFrameId.LeaveNetwork, EmberStatus.NetworkDown);
        await bench.StartAsync();

        ZigBeeNetwork network = await bench.Adapter.FormAsync(
            new() { Channel = 15, PanId = 0x1A2B, ExtendedPanId = 0x1122334455667788, NetworkKey = Key }, default).DefaultTimeout();
        ZigBeeNetwork? formed = bench.Adapter.Network;
        await bench.Adapter.LeaveAsync(default).DefaultTimeout();

        formed.Should().Be(network);
        bench.Adapter.Network.Should().BeNull();
        bench.Ncp.Ids.Should().ContainInOrder(EzspFrameId.SetInitialSecurityState, EzspFrameId.ClearKeyTable, EzspFrameId.FormNetwork);
        string security = Convert.ToHexString(bench.Ncp.Of(EzspFrameId.SetInitialSecurityState).Single());
        security.Should().StartWith("840B").And.Contain(KeyDigits);
        Convert.ToHexString(bench.Ncp.Of(EzspFrameId.FormNetwork).Single())
            .Should().Be("88776655443322112B1A050F0000000000800000");
    }

    [Fact]
    public async Task A_network_that_does_not_come_up_is_told_with_its_status_or_after_its_time()
    {
        await using AdapterBench bench = new AdapterBench().After(EzspFrameId.JoinNetwork, EmberStatus.NoBeacons);
        await bench.StartAsync();
        ZigBeeJoinSettings join = new() { Channel = 15, PanId = 1, ExtendedPanId = 2, JoiningKey = Key };

        AdapterException refused = await FaultAsync(() => bench.Adapter.JoinAsync(join, default));
        Task<ZigBeeNetwork> silent = bench.Adapter.FormAsync(new() { Channel = 15 }, default);
        await bench.TakenAsync(EzspFrameId.FormNetwork).DefaultTimeout();
        await NcpClock.PassAsync(bench.Ncp.Time, silent).DefaultTimeout();
        AdapterException late = await FaultAsync(() => silent);

        (refused.Code, refused.AdapterCode).Should().Be(("EZSP-015", (long)EmberStatus.NoBeacons));
        late.Code.Should().Be("EZSP-016");
        bench.Ncp.Of(EzspFrameId.JoinNetwork).Single()[0].Should().Be((byte)EmberNodeType.Router);
        bench.Adapter.Network.Should().BeNull();
    }

    [Fact]
    public async Task Joining_is_opened_here_and_at_every_router()
    {
        await using AdapterBench bench = new();
        await bench.StartAsync();

        await bench.Adapter.PermitJoiningAsync(TimeSpan.FromSeconds(254), default).DefaultTimeout();
        Func<Task> forEver = () => bench.Adapter.PermitJoiningAsync(TimeSpan.FromSeconds(255), default);

        bench.Ncp.Of(EzspFrameId.PermitJoining).Single().Should().Equal(254);
        Convert.ToHexString(bench.Ncp.Of(EzspFrameId.SendBroadcast).Single())
            .Should().Be("FCFF" + "0000360000000000000000" + "00" + "00" + "03" + "01FE01");
        await forEver.Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task Scans_bring_what_was_heard_until_they_are_complete()
    {
        await using AdapterBench bench = new();
        await bench.StartAsync();
        bench.Ncp.Then[EzspFrameId.StartScan] = () =>
        {
            bench.Ncp.Callback(EzspFrameId.EnergyScanResultHandler, new EnergyScanResult(11, -80));
            bench.Ncp.Callback(EzspFrameId.NetworkFoundHandler, new NetworkFound(new(15, 0x1A2B, 7, true, 2, 0), 200, -40));
            bench.Ncp.Callback(EzspFrameId.ScanCompleteHandler, new ScanComplete(0, EmberStatus.Success));
        };

        IReadOnlyList<ZigBeeChannelEnergy> energy = await bench.Adapter.ScanEnergyAsync(1u << 11, default).DefaultTimeout();
        IReadOnlyList<ZigBeeFoundNetwork> networks = await bench.Adapter.ScanNetworksAsync(1u << 15, default).DefaultTimeout();

        energy.Should().Equal(new ZigBeeChannelEnergy(11, -80));
        networks.Should().Equal(new ZigBeeFoundNetwork(15, 0x1A2B, 7, true, 200, -40));
        bench.Ncp.Of(EzspFrameId.StartScan).Select(Convert.ToHexString).Should().Equal("000008000003", "010080000003");
    }

    [Theory]
    [InlineData(4, EzspFrameId.AddOrUpdateKeyTableEntry, EzspFrameId.AddOrUpdateKeyTableEntry)]
    [InlineData(8, EzspFrameId.AddOrUpdateKeyTableEntry, EzspFrameId.AddTransientLinkKey)]
    [InlineData(13, EzspFrameId.ImportLinkKey, EzspFrameId.ImportTransientKey)]
    [InlineData(14, EzspFrameId.ImportLinkKey, EzspFrameId.ImportTransientKey)]
    public async Task Keys_go_in_by_the_commands_of_the_version(byte version, EzspFrameId link, EzspFrameId joining)
    {
        await using AdapterBench bench = new(version);
        await bench.StartAsync();
        int before = bench.Ncp.Ids.Count();

        await bench.Adapter.ImportLinkKeyAsync(Meter, Key, default).DefaultTimeout();
        await bench.Adapter.ImportJoiningKeyAsync(Meter, Key, default).DefaultTimeout();

        bench.Ncp.Ids.Skip(before).Should().Equal(link, joining);
        foreach (byte[] parameters in (byte[][])[bench.Ncp.Of(link).First(), bench.Ncp.Of(joining).Last()])
        {
            Convert.ToHexString(parameters).Should().Contain("332211602BD5B370").And.Contain(KeyDigits);
        }
    }

    [Fact]
    public async Task A_full_key_table_is_refused_with_what_to_do()
    {
        await using AdapterBench bench = new(version: 8);
        bench.Ncp.Answer(EzspFrameId.AddOrUpdateKeyTableEntry, new EmberStatusParameter(EmberStatus.TableFull));
        await bench.StartAsync();

        AdapterException full = await FaultAsync(() => bench.Adapter.ImportLinkKeyAsync(Meter, Key, default));

        (full.Fault, full.AdapterCode).Should().Be((AdapterFault.Refused, (long)EmberStatus.TableFull));
        full.Message.Should().Contain("remove devices").And.NotContain(KeyDigits);
    }

    [Fact]
    public async Task The_network_key_is_told_of_sent_and_switched_and_a_switch_too_soon_is_refused()
    {
        await using AdapterBench bench = new();
        bench.Ncp.Answer(EzspFrameId.GetNetworkKeyInfo, new NetworkKeyInfoResponse(SlStatus.Ok, true, true, 3, 4, 5000));
        bench.Ncp.Answer(EzspFrameId.UnicastNwkKeyUpdate, new EmberStatusParameter(EmberStatus.Success));
        await bench.StartAsync();

        ZigBeeNetworkKeyState state = await bench.Adapter.GetNetworkKeyStateAsync(default).DefaultTimeout();
        await bench.Adapter.SendNextNetworkKeyAsync(Key, default).DefaultTimeout();
        await bench.Adapter.SendNextNetworkKeyToAsync(Key, 0x4711, Meter, default).DefaultTimeout();
        bench.Ncp.Answer(EzspFrameId.BroadcastNetworkKeySwitch, new EmberStatusParameter(EmberStatus.TooSoonForSwitchKey));
        AdapterException tooSoon = await FaultAsync(() => bench.Adapter.SwitchNetworkKeyAsync(default));
        bench.Ncp.Answer(EzspFrameId.BroadcastNetworkKeySwitch, new EmberStatusParameter(EmberStatus.Success));
        bench.Ncp.Then[EzspFrameId.BroadcastNetworkKeySwitch] =
            () => bench.Ncp.Callback(EzspFrameId.SwitchNetworkKeyHandler, new OctetParameter(4));
        byte sequence = await bench.Adapter.SwitchNetworkKeyAsync(default).DefaultTimeout();

        state.Should().Be(new ZigBeeNetworkKeyState(3, 4, 5000));
        byte[] key = Key.Reveal().ToArray();
        bench.Ncp.Of(EzspFrameId.BroadcastNextNetworkKey).Single().Should().Equal(key);
        bench.Ncp.Of(EzspFrameId.UnicastNwkKeyUpdate).Single().Should()
            .Equal([0x11, 0x47, .. BitConverter.GetBytes(Meter), .. key], "short address, EUI-64, key");
        tooSoon.AdapterCode.Should().Be((long)EmberStatus.TooSoonForSwitchKey);
        sequence.Should().Be(4);
        (await bench.EventAsync<ZigBeeNetworkKeySwitched>()).Sequence.Should().Be(4);
    }

    [Fact]
    public async Task Before_version_12_the_network_key_is_told_of_by_its_number_and_counter()
    {
        await using AdapterBench bench = new(version: 8);
        bench.Ncp.Answers[EzspFrameId.GetKey] = parameters => bench.Ncp.Encode(new KeyResponse(
            parameters[0] == 3 ? EmberStatus.Success : EmberStatus.TableEntryErased,
            new(0, EmberKeyType.CurrentNetworkKey, new EzspKey(Key.Reveal()), 700, 0, 9, 0)));
        await bench.StartAsync();

        ZigBeeNetworkKeyState state = await bench.Adapter.GetNetworkKeyStateAsync(default).DefaultTimeout();

        state.Should().Be(new ZigBeeNetworkKeyState(9, null, 700));
    }

    [Fact]
    public void A_kind_that_nobody_knows_is_refused_with_those_there_are()
    {
        Func<IZigBeeAdapter> create = () => ZigBeeAdapters.Create(
            new() { Kind = "znp" }, "zigbee", _ => throw new InvalidOperationException(), TimeProvider.System);

        create.Should().Throw<ArgumentException>().Which.Message.Should().Contain("'znp'").And.Contain("ezsp");
    }

    [Fact]
    public async Task Nothing_can_be_asked_of_an_adapter_that_was_not_started()
    {
        await using AdapterBench bench = new();
        Func<Task> form = () => bench.Adapter.FormAsync(new() { Channel = 15 }, default);

        (await form.Should().ThrowAsync<LocalProtocolException>()).Which.Code.Should().Be("EZSP-001");
    }

    private static async Task<AdapterException> FaultAsync(Func<Task> act) =>
        (await ((Func<Task>)(() => act().DefaultTimeout())).Should().ThrowAsync<AdapterException>()).Which;
}
