using System.Buffers;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.Hub;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.ZigBee;

/// <summary>The network of a virtual hub: a gas meter in it, and an adapter that joins it.</summary>
public sealed class VirtualHanHubTests
{
    private const ulong Meter = 0x90B3D51F300000B1;
    private const string LinkKey = "66B6900981E1EE3CA4206B6B861C02BB";

    [Fact]
    public void A_gas_meter_joins_agrees_on_a_key_and_is_mirrored_and_the_adapter_reads_the_mirror()
    {
        NcpClient host = Joined(Model());

        using KeyExchange keys = Establish(host);
        string? open = Ask(host, 10, 0x0702, EmberApsOptions.Retry);
        string? openTime = Ask(host, 1, 0x000A, EmberApsOptions.Retry);
        string? ciphered = Ask(host, 10, 0x0702, EmberApsOptions.Retry | EmberApsOptions.Encryption);
        string? time = Ask(host, 1, 0x000A, EmberApsOptions.Retry | EmberApsOptions.Encryption);

        host.Ncp.Hub!.IsEstablished(Meter).Should().BeTrue();
        keys.LastStatus.Should().Be(KeyExchangeStatus.Established);
        (open, openTime).Should().Be(("18090B007E", "18090B007E"));
        ciphered.Should().StartWith("18090100000025");
        time.Should().StartWith("180901000000E2");
    }

    [Fact]
    public void A_scan_finds_the_hub_and_no_other_network_can_be_formed()
    {
        NcpClient host = new(Model());
        host.Negotiate();
        host.Send(EzspCommands.StartScan, new(1, 1u << 15, 3));

        NetworkFound found = host.WaitFor(EzspCallbacks.NetworkFoundHandler);
        SetKey(host, LinkKey);

        (found.Network.PanId, found.Network.IsAllowingJoin).Should().Be((0x5A5A, true));
        host.Send(EzspCommands.FormNetwork, new(Parameters)).Status.Should().Be((EzspStatusCode)EmberStatus.InvalidCall);
    }

    [Theory]
    [InlineData(LinkKey, false, EmberStatus.NetworkUp)]
    [InlineData("00112233445566778899AABBCCDDEEFF", false, EmberStatus.NoNetworkKeyReceived)]
    [InlineData(LinkKey, true, EmberStatus.NoNetworkKeyReceived)]
    public void Only_who_holds_the_key_of_its_install_code_gets_in(string key, bool refuses, EmberStatus status)
    {
        NcpModel model = Model();
        NcpClient host = new(model with { Hub = model.Hub! with { RefusesJoins = refuses } });
        host.Negotiate();
        SetKey(host, key);

        host.Send(EzspCommands.JoinNetwork, new(EmberNodeType.Router, Parameters)).Status.IsSuccess.Should().BeTrue();

        NcpClient.Means(host.WaitFor(EzspCallbacks.StackStatusHandler).Status, status).Should().BeTrue();
    }

    [Fact]
    public void A_closed_hub_lets_nobody_in()
    {
        NcpClient host = new(Model());
        host.Negotiate();
        SetKey(host, LinkKey);
        host.Ncp.Act((ncp, now) =>
        {
            ncp.Hub!.Open(false, now);
            return 0;
        });

        host.Send(EzspCommands.JoinNetwork, new(EmberNodeType.Router, Parameters));

        NcpClient.Means(host.WaitFor(EzspCallbacks.StackStatusHandler).Status, EmberStatus.JoinFailed).Should().BeTrue();
    }

    [Fact]
    public void Everybody_switches_to_the_next_network_key_and_the_host_is_told()
    {
        NcpClient host = Joined(Model());
        using KeyExchange keys = Establish(host);
        EzspKey next = new("FFEEDDCCBBAA99887766554433221100".Octets());
        host.Ncp.Act((ncp, now) => Change(() => ncp.Hub!.SendNextNetworkKey(next, now)));
        host.Pass(TimeSpan.FromSeconds(1));
        host.Ncp.Act((ncp, now) => Change(() => ncp.Hub!.SwitchNetworkKey(now)));

        host.WaitFor(EzspCallbacks.SwitchNetworkKeyHandler).Value.Should().Be(1);

        host.Ncp.Hub!.NetworkKey.Should().Be(next);
        Ask(host, 10, 0x0702, EmberApsOptions.Retry | EmberApsOptions.Encryption).Should().StartWith("18090100000025");
    }

    [Fact]
    public void A_hub_that_lost_its_power_knows_its_devices_and_their_keys()
    {
        Dictionary<string, MemoryFlash> memories = [];
        HanDeviceStores stores = new(Memory, NoCommandLog.Instance);
        ManualTimeProvider clock = new();
        VirtualNcp first = new("zigbee", Model(), clock, null, stores);
        for (int second = 0; second < 60; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            first.Step([]);
        }

        EzspKey next = new("FFEEDDCCBBAA99887766554433221100".Octets());
        first.Act((ncp, now) => Change(() => ncp.Hub!.SendNextNetworkKey(next, now)));
        first.Act((ncp, now) => Change(() => ncp.Hub!.SwitchNetworkKey(now)));
        ushort address = first.Devices[0].ShortAddress;

        VirtualNcp again = new("zigbee", Model(), clock, null, stores);
        again.Step([]);

        first.Hub!.IsEstablished(Meter).Should().BeTrue();
        again.Hub!.IsEstablished(Meter).Should().BeTrue();
        again.Hub.NetworkKey.Should().Be(next);
        (again.Devices[0].IsJoined, again.Devices[0].ShortAddress).Should().Be((true, address));

        IMeterFlash Memory(string name) => memories.TryGetValue(name, out MemoryFlash? flash) ? flash : memories[name] = new MemoryFlash();
    }

    // Made by hand from the ZigBee device profile: sequence, status, entries, start, count, then for each neighbour extended PAN, EUI-64,
    // short address, relation (a sleepy child 12, a router that is a child 15), permit unknown, depth, LQI.
    [Theory]
    [InlineData(0, false, 2, "B10000301FD5B390", "12020178", "000C00301FD5B390", "15")]
    [InlineData(1, false, 1, "000C00301FD5B390", "15", null, null)]
    [InlineData(0, true, 1, "B10000301FD5B390", "12020178", null, null)]
    public void The_hub_tells_its_neighbours_from_where_it_is_asked_on(
        byte start, bool isOneLost, byte count, string first, string firstIs, string? second, string? secondIs)
    {
        NcpModel model = Model();
        NcpClient host = Joined(isOneLost ? HanDefectNames.Plant(model, "hub-log-entry-lost") : model);

        host.Send(EzspCommands.SendUnicast, new(
            EmberOutgoingMessageType.Direct, 0, new(0, 0x0031, 0, 0, EmberApsOptions.Retry, 0, 0), 1, new byte[] { 9, start }));
        host.Pass(TimeSpan.FromSeconds(1));

        string answer = Convert.ToHexString(host.Messages(0x8031, isOfDeviceObject: true).Single());
        answer.Should().StartWith($"0900{(isOneLost ? 1 : 2):X2}{start:X2}{count:X2}");
        answer.Length.Should().Be(2 * (5 + (22 * count)));
        Entry(answer, 0).Should().Match($"010C00301FD5B390{first}????{firstIs}*");
        _ = second is null || Entry(answer, 1).Should().Match($"010C00301FD5B390{second}????{secondIs}*") is not null;
    }

    [Fact]
    public void A_hub_that_restarts_hears_nobody_for_half_a_minute_and_announces_itself()
    {
        NcpClient host = Joined(HanDefectNames.Plant(Model(), "hub-restarts"));
        host.Pass(TimeSpan.FromSeconds(45));
        string? before = Ask(host, 1, 0x0000, EmberApsOptions.Retry);

        host.Pass(TimeSpan.FromSeconds(20));
        VirtualHanHub hub = host.Ncp.Hub!;
        (bool isAway, bool hears) = (hub.IsAway, hub.Understands(hub));
        string? meanwhile = Ask(host, 1, 0x0000, EmberApsOptions.Retry);
        host.Callbacks.Clear();
        host.Pass(TimeSpan.FromSeconds(30));
        List<byte[]> announced = host.Messages(0x0013, isOfDeviceObject: true);

        (isAway, hears, meanwhile).Should().Be((true, false, null));
        before.Should().NotBeNull();
        announced.Should().ContainSingle().Which[1..].Should().Equal("0000010C00301FD5B3908F".Octets());
        Ask(host, 1, 0x0000, EmberApsOptions.Retry).Should().NotBeNull();
    }

    [Fact]
    public void A_hub_that_is_told_of_an_image_asks_who_told_it_under_the_link_key_and_tells_what_it_runs()
    {
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "han-hub", "hub.yaml")) with { Devices = [] };
        NcpClient host = Joined(model);
        using KeyExchange keys = Establish(host);
        EmberApsOptions ciphered = EmberApsOptions.Retry | EmberApsOptions.Encryption;
        host.Callbacks.Clear();

        Send(host, 1, 0x0019, EmberApsOptions.Retry, [0x19, 3, 0x00, 0x00, 100]);
        host.Pass(TimeSpan.FromSeconds(1));
        string[] unprotected = [.. host.Messages(0x0019).Select(Convert.ToHexString)];
        host.Callbacks.Clear();
        Send(host, 1, 0x0019, ciphered, [0x19, 3, 0x00, 0x00, 100]);
        host.Pass(TimeSpan.FromSeconds(1));
        bool isCiphered = host.Callbacks.Any(callback => callback.Header.FrameId == EzspCallbacks.IncomingMessageHandler.Id
            && EzspFrame.ReadParameters(callback.Parameters, host.Version, out IncomingMessage message, out _) == OperationStatus.Done
            && message.Aps.Cluster == 0x0019 && message.Aps.Options.HasFlag(EmberApsOptions.Encryption));
        string[] asked = [.. host.Messages(0x0019).Select(Convert.ToHexString)];
        host.Callbacks.Clear();
        Send(host, 1, 0x0019, ciphered, [0x08, 9, 0x00, 0x02, 0x00]);
        host.Pass(TimeSpan.FromSeconds(1));
        string[] version = [.. host.Messages(0x0019).Select(Convert.ToHexString)];
        Send(host, 1, 0x0000, EmberApsOptions.Retry, [0x00, 9, 0x00, 0x00, 0x40]);
        host.Pass(TimeSpan.FromSeconds(1));

        unprotected.Should().ContainSingle().Which.Should().EndWith("0B007E");
        asked.Should().Contain(frame =>
            frame.StartsWith("11", StringComparison.Ordinal) && frame.EndsWith("01F1FF0300000001000100", StringComparison.Ordinal));
        isCiphered.Should().BeTrue();
        version.Should().Contain(frame => frame.EndsWith("0200002300000100", StringComparison.Ordinal));
        host.Messages(0x0000).Select(Convert.ToHexString).Should().ContainSingle().Which.Should().EndWith("0040004205312E302E30");
    }

    [Theory]
    [InlineData("hub:ota-abort", true)]
    [InlineData("ota-abort", true)]
    [InlineData("gsme-01:hub-restarts", false)]
    [InlineData("no-such-defect", false)]
    public void A_defect_of_a_hub_is_planted_in_it(string defect, bool isPlantable)
    {
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "han-hub", "hub.yaml"));

        HanDefectNames.IsPlantable(model, defect).Should().Be(isPlantable);
        (isPlantable ? HanDefectNames.Plant(model, defect) : model).Hub!.Upgrades!.AbortsAfterBlocks.Should().Be(isPlantable ? 2 : 0);
    }

    private static EmberNetworkParameters Parameters => new(0x90B3D51F30000C01, 0x5A5A, 5, 15, 0, 0, 0, 0x07FFF800);

    private static int Change(Action change)
    {
        change();
        return 0;
    }

    private static NcpModel Model()
    {
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "han-hub.yaml"));
        return model with { Devices = [model.Devices[0] with { GasMeter = model.Devices[0].GasMeter! with { HistoryDays = 0 } }] };
    }

    private static void SetKey(NcpClient host, string key)
    {
        EmberInitialSecurityBits bits = EmberInitialSecurityBits.HavePreconfiguredKey;
        host.Send(EzspCommands.SetInitialSecurityState, new(new(bits, new EzspKey(key.Octets()), default, 0, 0)))
            .Status.IsSuccess.Should().BeTrue();
    }

    private static NcpClient Joined(NcpModel model)
    {
        NcpClient host = new(model);
        host.Negotiate();
        NcpSamples.AddEndpoint(host);
        SetKey(host, LinkKey);
        host.Send(EzspCommands.JoinNetwork, new(EmberNodeType.Router, Parameters)).Status.IsSuccess.Should().BeTrue();
        host.WaitFor(EzspCallbacks.StackStatusHandler, up => NcpClient.Means(up.Status, EmberStatus.NetworkUp));
        host.Pass(TimeSpan.FromMinutes(1));
        host.Callbacks.Clear();
        return host;
    }

    private static KeyExchange Establish(NcpClient host)
    {
        ulong own = host.Ncp.Ncp.Eui64;
        TestAuthority authority = host.Ncp.Hub!.Model.Authority;
        KeyExchange keys = new(
            new KeyExchangeOptions { Eui64 = own, Identity = authority.Issue(own), Authority = authority.Trust }, new Random(9).NextBytes);
        SendKeys(host, keys.Begin(host.Ncp.Hub.Eui64, Now(host)));
        for (int step = 0; step < 300 && keys.LinkKey is null; step++)
        {
            host.Pass(TimeSpan.FromMilliseconds(100));
            foreach (byte[] octets in host.Messages(0x0800))
            {
                ClusterArrival arrival = new(host.Ncp.Hub.Eui64, octets[2], octets[3..]) { IsFromServer = (octets[0] & 8) != 0 };
                SendKeys(host, keys.Take(arrival, Now(host)));
            }

            SendKeys(host, keys.Tick(Now(host)));
        }

        EzspKey key = new(keys.LinkKey!.Reveal());
        host.Send(EzspCommands.ImportLinkKey, new(0xFF, host.Ncp.Hub.Eui64, key)).Status.IsSuccess.Should().BeTrue();
        return keys;
    }

    private static void SendKeys(NcpClient host, IEnumerable<ClusterMessage> messages)
    {
        foreach (ClusterMessage message in messages)
        {
            byte control = (byte)(message.IsFromServer ? 0x19 : 0x11);
            Send(host, 1, 0x0800, EmberApsOptions.Retry, [control, 1, message.Command, .. message.Payload]);
        }
    }

    private static string? Ask(NcpClient host, byte endpoint, ushort cluster, EmberApsOptions options)
    {
        host.Callbacks.Clear();
        Send(host, endpoint, cluster, options, [0, 9, 0, 0, 0]);
        host.Pass(TimeSpan.FromSeconds(1));
        return host.Messages(cluster).Select(Convert.ToHexString).FirstOrDefault();
    }

    private static void Send(NcpClient host, byte endpoint, ushort cluster, EmberApsOptions options, byte[] octets) =>
        host.Send(EzspCommands.SendUnicast, new(
            EmberOutgoingMessageType.Direct, 0, new(0x0109, cluster, 1, endpoint, options, 0, 0), 1, octets))
            .Status.IsSuccess.Should().BeTrue();

    private static string Entry(string answer, int number) => answer.Substring(2 * (5 + (22 * number)), 44);

    private static TimeSpan Now(NcpClient host) => host.Ncp.Act((_, now) => now);
}
