using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Virtual.ZigBee.Radio;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.ZigBee;

/// <summary>Fragments from the adapter's side: its host cuts, puts together and acknowledges; the devices' stacks do it
/// themselves.</summary>
public sealed class NcpFragmentsTests
{
    private const EmberApsOptions Fragment = EmberApsOptions.Fragment | EmberApsOptions.Retry;
    private const int AttributesAsked = 40;
    private const ushort Metering = 0x0702;

    [Fact]
    public void A_read_in_two_fragments_is_put_together_by_the_device_and_answered()
    {
        (NcpClient host, ushort address) = Ready();
        byte[] request = Request();

        SendResponse first = Send(host, address, 0x0200, request[..80]);
        host.WaitFor(EzspCallbacks.MessageSentHandler).Status.IsSuccess.Should().BeTrue();
        SendResponse second = Send(host, address, 0x0201, request[80..], first.ApsSequence);
        host.WaitFor(EzspCallbacks.MessageSentHandler).Status.IsSuccess.Should().BeTrue();
        byte[] answer = [.. Whole(host).SelectMany(fragment => fragment.Message.ToArray())];
        host.Pass(TimeSpan.FromSeconds(30));

        second.ApsSequence.Should().Be(first.ApsSequence);
        answer.Take(7).Should().Equal([0x18, 7, 1, 5, 0, 0, 0x42], "it is the answer to the read, of as many records as the device tells");
        answer.Should().HaveCount(83);
        host.Messages(0x0000).Should().BeEmpty();
    }

    [Fact]
    public void A_fragment_that_the_host_does_not_acknowledge_comes_again_and_the_message_ends()
    {
        (NcpClient host, ushort address) = Ready();
        byte[] request = Request();
        SendResponse first = Send(host, address, 0x0200, request[..80]);
        host.WaitFor(EzspCallbacks.MessageSentHandler);
        Send(host, address, 0x0201, request[80..], first.ApsSequence);

        IncomingMessage heard = host.WaitFor(EzspCallbacks.IncomingMessageHandler);
        Acknowledge(host, heard, mask: 0x00);
        host.Pass(TimeSpan.FromSeconds(30));

        // The first transmission and three repetitions.
        List<byte[]> again = host.Messages(0x0000);
        again.Should().HaveCount(3).And.OnlyContain(octets => octets.SequenceEqual(heard.Message.ToArray()));
    }

    [Theory]
    [InlineData(0x0000, false, EmberStatus.BadArgument)]
    [InlineData(0x0202, true, EmberStatus.BadArgument)]
    [InlineData(0x0301, false, EmberStatus.BadArgument)]
    [InlineData(0x0302, true, EmberStatus.MaxMessageLimitReached)]
    public void A_fragment_that_does_not_go_on_what_was_begun_is_refused(ushort group, bool isBegun, EmberStatus refusal)
    {
        (NcpClient host, ushort address) = Ready();
        byte counter = 0xEE;
        if (isBegun)
        {
            counter = Send(host, address, (ushort)(group & 0xFF00), [1]).ApsSequence;
            host.WaitFor(EzspCallbacks.MessageSentHandler);
        }

        Send(host, address, group, [2], counter).Status.Should().Be((EzspStatusCode)refusal);
    }

    [Fact]
    public void A_fragment_has_two_octets_less_room_and_asks_for_its_acknowledgement()
    {
        (NcpClient host, ushort address) = Ready();

        Send(host, address, 0x0200, new byte[81]).Status.Should().Be((EzspStatusCode)EmberStatus.MessageTooLong);
        Send(host, address, 0x0200, new byte[80], options: EmberApsOptions.Fragment).Status
            .Should().Be((EzspStatusCode)EmberStatus.BadArgument);
        Send(host, address, 0x0200, new byte[80]).Status.IsSuccess.Should().BeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void What_a_device_sends_comes_whole_in_fragments_even_on_a_bad_radio(double loss)
    {
        (NcpClient host, ushort address) = Ready(loss);
        byte[] report = [.. Enumerable.Range(0, 600).Select(octet => (byte)octet)];
        host.Ncp.Devices[0].Send(Metering, report, host.Ncp.Radio.Now);

        List<IncomingMessage> fragments = Whole(host);

        fragments.SelectMany(fragment => fragment.Message.ToArray()).Should().Equal(report);
        fragments.Select(fragment => fragment.Aps.GroupId).Should().Equal(0x0800, 1, 2, 3, 4, 5, 6, 7);
        fragments.Should().OnlyContain(fragment => fragment.Packet.SenderId == address && fragment.Message.Length <= 80
            && fragment.Aps.Sequence == fragments[0].Aps.Sequence && fragment.Aps.Options == Fragment);
        host.Ncp.Radio.Lost.Should().BeGreaterThanOrEqualTo(loss > 0 ? 1 : 0);
    }

    private static (NcpClient Host, ushort Address) Ready(double loss = 0)
    {
        NcpClient host = new(NcpSamples.Model(13, NcpSamples.Device()) with { Radio = new RadioOptions { Loss = loss } });
        host.Negotiate();
        NcpSamples.AddEndpoint(host);
        NcpSamples.AllowWellKnownKey(host);
        host.Form();
        host.WaitFor(EzspCallbacks.TrustCenterJoinHandler);
        host.Pass(TimeSpan.FromSeconds(5));
        host.Callbacks.Clear();
        return (host, NcpSamples.AddressOf(host, NcpSamples.Display));
    }

    /// <summary>Acknowledges each fragment that comes, until they are all there.</summary>
    private static List<IncomingMessage> Whole(NcpClient host)
    {
        List<IncomingMessage> fragments = [];
        do
        {
            IncomingMessage heard = host.WaitFor(EzspCallbacks.IncomingMessageHandler);
            Acknowledge(host, heard);
            if ((heard.Aps.GroupId & 0xFF) == fragments.Count)
            {
                fragments.Add(heard);
            }
        }
        while (fragments.Count < fragments[0].Aps.GroupId >> 8);
        return fragments;
    }

    /// <summary>Reads the model identifier, forty times: 83 octets.</summary>
    private static byte[] Request() => [0, 7, 0, .. Enumerable.Repeat<byte[]>([5, 0], AttributesAsked).SelectMany(octets => octets)];

    private static SendResponse Send(
        NcpClient host, ushort address, ushort group, byte[] octets, byte counter = 0, EmberApsOptions options = Fragment) => host.Send(
        EzspCommands.SendUnicast, new(EmberOutgoingMessageType.Direct, address, new(0x0109, 0, 1, 1, options, group, counter), 1, octets));

    private static void Acknowledge(NcpClient host, in IncomingMessage fragment, byte mask = 0xFF)
    {
        EmberApsFrame aps = fragment.Aps with { GroupId = (ushort)((mask << 8) | (fragment.Aps.GroupId & 0xFF)) };
        host.Send(EzspCommands.SendReply, new(fragment.Packet.SenderId, aps, default)).Status.IsSuccess.Should().BeTrue();
    }
}
