using DeviceHarness.Codecs.Ash;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.Ncp;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>The host's side of an adapter against the virtual adapter, which others wrote from the adapter's side: from the reset to a
/// device's answer, on a line that damages every ninth frame.</summary>
public sealed class AdapterOverVirtualNcpTests
{
    private const ulong Display = 0x70B3D52B60112233;

    private static readonly CipherKey LinkKey = CipherKey.Create(HanDeviceModel.WellKnownLinkKey.ToArray());

    public static TheoryData<byte> Versions { get; } =
        [.. TestSize.IsLong ? new byte[] { 4, 5, 6, 7, 8, 12, 13, 14, 16, 18 } : [4, 13, 14]];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_network_is_formed_a_device_joins_answers_and_is_there_again_after_a_reboot(byte version)
    {
        VirtualNcp ncp = new("zigbee", Model(version), TimeProvider.System);
        VirtualNcpLine line = new(ncp);
        await using IZigBeeAdapter adapter = ZigBeeAdapters.Create(
            new() { Kind = "ezsp" }, "zigbee", _ => new(line.Open()), TimeProvider.System);

        await adapter.StartAsync(CancellationToken.None).DefaultTimeout();
        ZigBeeNetwork network = await adapter.FormAsync(new() { Channel = 15 }, CancellationToken.None).DefaultTimeout();
        await adapter.ImportJoiningKeyAsync(Display, LinkKey, CancellationToken.None).DefaultTimeout();
        await adapter.PermitJoiningAsync(TimeSpan.FromSeconds(254), CancellationToken.None).DefaultTimeout();
        ZigBeeDeviceJoined joined = await EventAsync<ZigBeeDeviceJoined>(adapter);
        string first = await ReadModelAsync(adapter, joined.NodeId);
        byte? sequence = await RotateAsync(adapter);

        ncp.Restart(AshResetCode.Watchdog);
        ZigBeeAdapterLost lost = await EventAsync<ZigBeeAdapterLost>(adapter);
        ZigBeeAdapterRecovered back = await EventAsync<ZigBeeAdapterRecovered>(adapter);
        string second = await ReadModelAsync(adapter, joined.NodeId);

        adapter.Identity!.Protocol.Should().Be($"EZSP {version}");
        (joined.Eui64, sequence).Should().Be((Display, (byte?)1));
        first.Should().Be("18 07 01 0500 00 42 0B 5649525455414C2D48414E".Replace(" ", string.Empty, StringComparison.Ordinal));
        second.Should().Be(first);
        lost.Reason.Message.Should().Contain("watchdog");
        back.Network.Should().Be(network);
    }

    [Fact]
    public async Task A_message_that_no_frame_holds_goes_and_comes_in_fragments()
    {
        VirtualNcp ncp = new("zigbee", Model(13), TimeProvider.System);
        VirtualNcpLine line = new(ncp);
        await using IZigBeeAdapter adapter = ZigBeeAdapters.Create(
            new() { Kind = "ezsp" }, "zigbee", _ => new(line.Open()), TimeProvider.System);
        await adapter.StartAsync(CancellationToken.None).DefaultTimeout();
        await adapter.FormAsync(new() { Channel = 15 }, CancellationToken.None).DefaultTimeout();
        await adapter.ImportJoiningKeyAsync(Display, LinkKey, CancellationToken.None).DefaultTimeout();
        await adapter.PermitJoiningAsync(TimeSpan.FromSeconds(254), CancellationToken.None).DefaultTimeout();
        ZigBeeDeviceJoined joined = await EventAsync<ZigBeeDeviceJoined>(adapter);

        // The model identifier, a hundred times: three fragments there, and the records of one answer of the device in two.
        byte[] asked = [0, 7, 0, .. Enumerable.Repeat<byte[]>([5, 0], 100).SelectMany(octets => octets)];
        string answer = await ReadAsync(adapter, joined.NodeId, asked);

        string record = "05000042" + "0B" + Convert.ToHexString("VIRTUAL-HAN"u8);
        answer.Should().Be("180701" + string.Concat(Enumerable.Repeat(record, 5)));
    }

    private static NcpModel Model(byte version) => new()
    {
        Adapter = new NcpOptions
        {
            ProtocolVersion = version,
            KeySwitchTime = TimeSpan.Zero,
            Link = new AshNcpOptions
            {
                SendsFlowOctets = true,
                Faults =
                [
                    new(AshFaultKind.Corrupt, 9) { IsRepeating = true },
                    new(AshFaultKind.Corrupt, 9, IsToAdapter: true) { IsRepeating = true },
                ],
            },
        },
        Devices = [new HanDeviceModel { Name = "display", Eui64 = Display }],
    };

    private static Task<string> ReadModelAsync(IZigBeeAdapter adapter, ushort nodeId) =>
        ReadAsync(adapter, nodeId, [0x00, 0x07, 0x00, 0x05, 0x00]);

    private static async Task<string> ReadAsync(IZigBeeAdapter adapter, ushort nodeId, byte[] asked)
    {
        ZigBeeMessage read = new()
        {
            NodeId = nodeId,
            Profile = ZigBeeEndpoint.SmartEnergyProfile,
            Cluster = 0x0000,
            SourceEndpoint = 1,
            DestinationEndpoint = 1,
            Payload = asked,
        };
        ZigBeeDelivery delivery = await adapter.SendAsync(read, CancellationToken.None).DefaultTimeout();
        delivery.Outcome.Should().Be(ZigBeeDeliveryOutcome.Delivered, delivery.Status);
        while (true)
        {
            ZigBeeMessageReceived message = await EventAsync<ZigBeeMessageReceived>(adapter);
            if (message is { Cluster: 0x0000, Profile: ZigBeeEndpoint.SmartEnergyProfile })
            {
                return Convert.ToHexString(message.Payload.Span);
            }
        }
    }

    private static async Task<byte?> RotateAsync(IZigBeeAdapter adapter)
    {
        ZigBeeNetworkKeyState before = await adapter.GetNetworkKeyStateAsync(CancellationToken.None).DefaultTimeout();
        await adapter.SendNextNetworkKeyAsync(LinkKey, CancellationToken.None).DefaultTimeout();
        byte switched = await adapter.SwitchNetworkKeyAsync(CancellationToken.None).DefaultTimeout();
        ZigBeeNetworkKeyState after = await adapter.GetNetworkKeyStateAsync(CancellationToken.None).DefaultTimeout();
        return before.Sequence == 0 && after.Sequence == switched ? switched : null;
    }

    private static async Task<T> EventAsync<T>(IZigBeeAdapter adapter)
        where T : ZigBeeAdapterEvent
    {
        while (true)
        {
            if (await adapter.ReadEventAsync(CancellationToken.None).AsTask().DefaultTimeout() is T found)
            {
                return found;
            }
        }
    }
}
