using System.Buffers;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Tests.Firmware;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using DeviceHarness.Virtual.ZigBee.Radio;
using DeviceHarness.Virtual.ZigBee.Upgrades;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.ZigBee;

/// <summary>Key establishment and upgrades between a host and a virtual device, through a virtual adapter and its radio.</summary>
public sealed class HanDeviceClustersTests
{
    private static readonly TestAuthority Authority = new(EstablishmentSuites.Suite1, 7);

    [Fact]
    public void A_device_with_a_certificate_agrees_on_a_key_and_then_asks_for_its_protection()
    {
        NcpClient host = Joined(NcpSamples.Device() with { Authority = Authority });
        ulong hub = host.Ncp.Ncp.Eui64;
        using KeyExchange own = new(
            new KeyExchangeOptions { Eui64 = hub, Identity = Authority.Issue(hub), Authority = Authority.Trust }, new Random(5).NextBytes);
        VirtualHanDevice device = host.Ncp.Devices[0];

        Serve(host, 0x0800, TimeSpan.FromSeconds(30), arrival => own.Take(arrival, host.Ncp.Act((_, now) => now)), own);

        own.LastStatus.Should().Be(KeyExchangeStatus.Established);
        device.Keys!.LinkKey!.Reveal().ToArray().Should().Equal(own.LinkKey!.Reveal().ToArray());
        Ask(host, 0x000A, EmberApsOptions.Retry).Should().Be("18 09 0B 00 7E");
        Ask(host, 0x000A, EmberApsOptions.Retry | EmberApsOptions.Encryption).Should().StartWith("18 09 01 01 00 00 18");
        Ask(host, 0x0000, EmberApsOptions.Retry).Should().StartWith("18 09 01", "Basic needs no link key");
    }

    [Fact]
    public void A_partner_that_never_answers_is_asked_three_times()
    {
        NcpClient host = Joined(NcpSamples.Device() with { Authority = Authority });
        int asked = 0;

        Serve(host, 0x0800, TimeSpan.FromMinutes(10), _ =>
        {
            asked++;
            return [];
        });

        asked.Should().Be(3);
        host.Ncp.Devices[0].Keys!.LinkKey.Should().BeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void An_image_goes_over_the_air_and_the_device_comes_back_with_it(double loss)
    {
        byte[] image = FirmwareImages.Sound.Octets();
        HanDeviceModel model = NcpSamples.Device() with { Upgrades = new UpgradeClientOptions() };
        NcpClient host = Joined(model);
        host.Ncp.Devices[0].Place = host.Ncp.Devices[0].Place with { Loss = loss };
        UpgradeServerScript server = new(image);
        Send(host, 0x0019, [0x19, 0, 0, 0, 100]);

        Serve(host, 0x0019, TimeSpan.FromHours(2), arrival => server.Answers(new ClusterMessage(arrival.Command, arrival.Payload)));

        host.Ncp.Devices[0].FirmwareVersion.Should().Be("4.3.0");
        host.Ncp.Devices[0].Place = new RadioPlace();
        Ask(host, 0x0019, EmberApsOptions.Retry, "18 09 00 02 00").Should().Be("10 09 01 02 00 00 23 04 03 02 01");
    }

    [Fact]
    public void A_device_that_restarts_hears_nothing()
    {
        HanDeviceModel model = NcpSamples.Device() with { Upgrades = new UpgradeClientOptions { RestartTime = TimeSpan.FromHours(1) } };
        NcpClient host = Joined(model);
        UpgradeServerScript server = new(FirmwareImages.Sound.Octets());
        Send(host, 0x0019, [0x19, 0, 0, 0, 100]);

        Serve(host, 0x0019, TimeSpan.FromMinutes(1), arrival => server.Answers(new ClusterMessage(arrival.Command, arrival.Payload)));

        host.Ncp.Devices[0].Upgrades!.State.Should().Be(UpgradeClientState.Restarting);
        Ask(host, 0x0000, EmberApsOptions.Retry).Should().BeNull();
    }

    private static NcpClient Joined(HanDeviceModel device)
    {
        NcpClient host = new(NcpSamples.Model(13, device));
        host.Negotiate();
        NcpSamples.AddEndpoint(host);
        NcpSamples.AllowWellKnownKey(host);
        host.Form();
        host.WaitFor(EzspCallbacks.TrustCenterJoinHandler);
        host.Pass(TimeSpan.FromSeconds(1));
        host.Callbacks.Clear();
        return host;
    }

    /// <summary>Lets time pass, and answers what comes on a cluster.</summary>
    private static void Serve(
        NcpClient host, ushort cluster, TimeSpan time, Func<ClusterArrival, IEnumerable<ClusterMessage>> answer, KeyExchange? own = null)
    {
        TimeSpan step = TimeSpan.FromMilliseconds(time > TimeSpan.FromHours(1) ? 1000 : 100);
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += step)
        {
            host.Pass(step);
            foreach (IncomingMessage message in Taken(host).Where(message => message.Aps.Cluster == cluster))
            {
                ReadOnlyMemory<byte> octets = message.Message;
                bool isCommand = (octets.Span[0] & 3) == 1;
                ClusterArrival arrival = new(NcpSamples.Display, octets.Span[2], octets[3..].ToArray());
                foreach (ClusterMessage said in isCommand ? answer(arrival).ToArray() : [])
                {
                    Send(host, cluster, [0x19, octets.Span[1], said.Command, .. said.Payload]);
                }
            }

            foreach (ClusterMessage said in own?.Tick(host.Ncp.Act((_, now) => now)) ?? [])
            {
                Send(host, cluster, [0x19, 0, said.Command, .. said.Payload]);
            }
        }
    }

    private static void Send(NcpClient host, ushort cluster, byte[] octets, EmberApsOptions options = EmberApsOptions.Retry) =>
        host.Send(EzspCommands.SendUnicast, new(
            EmberOutgoingMessageType.Direct, NcpSamples.AddressOf(host, NcpSamples.Display),
            new(0x0109, cluster, 1, 1, options, 0, 0), 1, octets)).Status.IsSuccess.Should().BeTrue();

    /// <summary>Reads the attribute that the request names, by default number 1; null when nothing comes.</summary>
    private static string? Ask(NcpClient host, ushort cluster, EmberApsOptions options, string request = "00 09 00 01 00")
    {
        host.Callbacks.Clear();
        Send(host, cluster, Convert.FromHexString(request.Replace(" ", string.Empty, StringComparison.Ordinal)), options);
        host.Pass(TimeSpan.FromSeconds(10));
        return Taken(host).Where(message => message.Aps.Cluster == cluster)
            .Select(message => BitConverter.ToString(message.Message.ToArray()).Replace('-', ' ')).FirstOrDefault();
    }

    private static List<IncomingMessage> Taken(NcpClient host)
    {
        List<IncomingMessage> messages = [];
        foreach ((EzspHeader header, byte[] parameters) in host.Callbacks)
        {
            if (header.FrameId == EzspCallbacks.IncomingMessageHandler.Id
                && EzspFrame.ReadParameters(parameters, host.Version, out IncomingMessage message, out _) == OperationStatus.Done)
            {
                messages.Add(message);
            }
        }

        host.Callbacks.Clear();
        return messages;
    }
}
