using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.Radio;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.ZigBee;

/// <summary>Messages between a host and devices, through a virtual adapter and its radio.</summary>
public sealed class HanMessagesTests
{
    private const ulong Second = 0x70B3D52B60445566;

    private static readonly RadioPlace Sleepy = new() { Polls = new PollModel { Interval = TimeSpan.FromSeconds(5) } };

    [Fact]
    public void A_device_joins_announces_itself_and_answers_a_read()
    {
        NcpClient host = new(NcpSamples.Model(14, NcpSamples.Device()));
        host.Negotiate();
        NcpSamples.AddEndpoint(host);
        NcpSamples.AllowWellKnownKey(host);
        host.Form();

        TrustCenterJoin join = host.WaitFor(EzspCallbacks.TrustCenterJoinHandler);
        IncomingMessage announced = host.WaitFor(EzspCallbacks.IncomingMessageHandler, message => message.Aps.Cluster == 0x0013);
        host.Send(EzspCommands.SendUnicast, NcpSamples.ReadModel(join.NodeId, tag: 9)).Status.IsSuccess.Should().BeTrue();
        MessageSent sent = host.WaitFor(EzspCallbacks.MessageSentHandler);
        IncomingMessage answer = host.WaitFor(EzspCallbacks.IncomingMessageHandler);

        join.Update.Should().Be(EmberDeviceUpdate.StandardSecurityUnsecuredJoin);
        announced.Packet.SenderEui64.Should().Be(NcpSamples.Display);
        announced.Message.Length.Should().Be(12);
        sent.Tag.Should().Be(9);
        sent.Status.IsSuccess.Should().BeTrue();
        answer.Message.Span.ShouldBeHex("18 09 01 0500 00 42 0B 5649525455414C2D48414E");
        answer.Packet.LastHopRssi.Should().BeInRange(-58, -54);
    }

    [Fact]
    public void The_answer_of_a_device_can_come_before_the_delivery_is_told()
    {
        NcpModel model = NcpSamples.Model(13, NcpSamples.Device()) with
        {
            Radio = new RadioOptions { AckDelay = TimeSpan.FromMilliseconds(200) },
        };
        NcpClient host = Ready(model);

        host.Send(EzspCommands.SendUnicast, NcpSamples.ReadModel(NcpSamples.AddressOf(host, NcpSamples.Display)));

        host.Pass(TimeSpan.FromSeconds(1));
        host.Callbacks.Select(callback => callback.Header.FrameId).Should().Equal(
            EzspFrameId.IncomingMessageHandler, EzspFrameId.MessageSentHandler);
    }

    [Fact]
    public void A_request_to_the_adapter_itself_is_answered_by_itself()
    {
        NcpClient host = new(NcpSamples.Model());
        host.Negotiate();
        NcpSamples.AddEndpoint(host);
        host.Form(isOpen: false);
        EmberApsFrame aps = new(0, 0x0005, 0, 0, EmberApsOptions.None, 0, 0);

        host.Send(EzspCommands.SendUnicast, new(EmberOutgoingMessageType.Direct, 0, aps, 3, new byte[] { 0x21, 0, 0 })).Status
            .IsSuccess.Should().BeTrue();

        host.WaitFor(EzspCallbacks.MessageSentHandler).Tag.Should().Be(3);
        IncomingMessage answer = host.WaitFor(EzspCallbacks.IncomingMessageHandler);
        answer.Aps.Cluster.Should().Be(0x8005);
        answer.Message.Span.ShouldBeHex("21 00 0000 01 01");
    }

    [Theory]
    [InlineData(0x0002, "01 {0}", "00 {0} 01 40 8E 3412 52 8000 002C 8000 00")]
    [InlineData(0x0004, "01 {0} 01", "00 {0} 0E 01 0901 0205 00 02 0000 0A00 01 0A00")]
    [InlineData(0x0004, "01 {0} 07", "83 {0} 00")]
    [InlineData(0x0005, "01 {0}", "00 {0} 01 01")]
    [InlineData(0x0006, "01 {0} 0901 01 0A00 00", "00 {0} 01 01")]
    [InlineData(0x0006, "01 {0} 0901 01 0207 00", "00 {0} 00")]
    [InlineData(0x0001, "01 {0} 00 00", "00 332211602BD5B370 {0}")]
    [InlineData(0x0777, "01 00", "84")]
    public void A_device_answers_zdo_requests(int cluster, string request, string answer)
    {
        NcpClient host = Ready(NcpSamples.Model(13, NcpSamples.Device()));
        ushort address = NcpSamples.AddressOf(host, NcpSamples.Display);
        string octets = $"{(byte)address:X2}{address >> 8:X2}";
        EmberApsFrame aps = new(0, (ushort)cluster, 0, 0, EmberApsOptions.Retry, 0, 0);
        byte[] message = string.Format(System.Globalization.CultureInfo.InvariantCulture, request, octets).Octets();

        host.Send(EzspCommands.SendUnicast, new(EmberOutgoingMessageType.Direct, address, aps, 1, message));

        IncomingMessage answered = host.WaitFor(EzspCallbacks.IncomingMessageHandler);
        answered.Aps.Cluster.Should().Be((ushort)(cluster | 0x8000));
        answered.Message.Span.ShouldBeHex($"01{string.Format(System.Globalization.CultureInfo.InvariantCulture, answer, octets)}");
    }

    [Theory]
    [InlineData(0x0000, "00 07 00 FE00", "18 07 01 FE00 86")]
    [InlineData(0x0000, "00 07 02 0500 42 00", "18 07 04 88 0500")]
    [InlineData(0x0000, "00 07 06 00", "18 07 0B 06 82")]
    [InlineData(0x0000, "01 07 05", "18 07 0B 05 81")]
    [InlineData(0x0702, "00 07 00 0000", "18 07 0B 00 C3")]
    [InlineData(0x000A, "00 07 0C 0000 02", "18 07 0D 00 0000 E2 0100 18")]
    [InlineData(0x0000, "04 3412 07 00 0000", "18 07 0B 00 84")]
    [InlineData(0x0000, "00 07 00 05", "18 07 0B 00 80")]
    public void A_device_refuses_what_it_does_not_have(int cluster, string request, string answer)
    {
        NcpClient host = Ready(NcpSamples.Model(13, NcpSamples.Device()));
        EmberApsFrame aps = new(0x0109, (ushort)cluster, 1, 1, EmberApsOptions.Retry, 0, 0);
        ushort address = NcpSamples.AddressOf(host, NcpSamples.Display);

        host.Send(EzspCommands.SendUnicast, new(EmberOutgoingMessageType.Direct, address, aps, 1, request.Octets()));

        host.WaitFor(EzspCallbacks.IncomingMessageHandler).Message.Span.ShouldBeHex(answer);
    }

    [Fact]
    public void Time_tells_the_clock_of_the_device()
    {
        NcpClient host = Ready(NcpSamples.Model(13, NcpSamples.Device()));
        EmberApsFrame aps = new(0x0109, 0x000A, 1, 1, EmberApsOptions.Retry, 0, 0);
        ushort address = NcpSamples.AddressOf(host, NcpSamples.Display);

        host.Send(EzspCommands.SendUnicast, new(EmberOutgoingMessageType.Direct, address, aps, 1, "00 07 00 0000".Octets()));

        ReadOnlySpan<byte> answer = host.WaitFor(EzspCallbacks.IncomingMessageHandler).Message.Span;
        answer[..7].ShouldBeHex("18 07 01 0000 00 E2");
        DateTimeOffset told = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(BitConverter.ToUInt32(answer[7..]));
        told.Should().BeCloseTo(new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void A_device_with_another_link_key_is_seen_and_does_not_get_in()
    {
        HanDeviceModel stranger = NcpSamples.Device() with { LinkKey = new EzspKey("FF112233445566778899AABBCCDDEEFF".Octets()) };
        NcpClient host = new(NcpSamples.Model(13, stranger));
        host.Negotiate();
        NcpSamples.AllowWellKnownKey(host);
        host.Form();

        host.WaitFor(EzspCallbacks.TrustCenterJoinHandler).Eui64.Should().Be(NcpSamples.Display);
        host.Pass(TimeSpan.FromSeconds(5));

        host.Ncp.Devices[0].IsJoined.Should().BeFalse();
        host.Callbacks.Should().BeEmpty();
    }

    [Fact]
    public void Where_only_install_codes_count_the_well_known_key_lets_nobody_in()
    {
        EzspKey own = new("FF112233445566778899AABBCCDDEEFF".Octets());
        HanDeviceModel[] devices = [NcpSamples.Device(), NcpSamples.Device(Second) with { LinkKey = own }];
        NcpClient host = new(NcpSamples.Model(13, devices));
        host.Negotiate();
        NcpSamples.AllowWellKnownKey(host);
        host.Send(EzspCommands.ImportTransientKey, new(Second, own, 0));
        byte decision = (byte)(EzspTrustCenterDecision.AllowJoins | EzspTrustCenterDecision.JoinsUseInstallCodeKey);
        host.Send(EzspCommands.SetPolicy, new(EzspPolicyId.TrustCenter, decision));
        host.Form();

        host.WaitFor(EzspCallbacks.TrustCenterJoinHandler, join => join.Eui64 == Second).Decision.Should().Be(0);

        host.Ncp.Devices.Select(device => device.IsJoined).Should().Equal(false, true);
    }

    [Fact]
    public void A_network_closes_after_its_time_and_devices_that_come_later_stay_out()
    {
        NcpClient host = new(NcpSamples.Model(13, NcpSamples.Device() with { JoinDelay = TimeSpan.FromSeconds(20) }));
        host.Negotiate();
        NcpSamples.AllowWellKnownKey(host);
        host.Form(isOpen: false);
        host.Send(EzspCommands.PermitJoining, new(10));

        host.WaitFor(EzspCallbacks.StackStatusHandler, status => NcpClient.Means(status.Status, EmberStatus.NetworkOpened));
        host.WaitFor(EzspCallbacks.StackStatusHandler, status => NcpClient.Means(status.Status, EmberStatus.NetworkClosed));
        host.Pass(TimeSpan.FromSeconds(20));

        host.Ncp.Devices[0].IsJoined.Should().BeFalse();
    }

    [Fact]
    public void A_removed_device_leaves_and_the_trust_centre_is_told()
    {
        NcpClient host = Ready(NcpSamples.Model(13, NcpSamples.Device()));
        ushort address = NcpSamples.AddressOf(host, NcpSamples.Display);

        host.Send(EzspCommands.RemoveDevice, new(address, NcpSamples.Display, NcpSamples.Display)).Status.IsSuccess.Should().BeTrue();

        host.WaitFor(EzspCallbacks.TrustCenterJoinHandler).Update.Should().Be(EmberDeviceUpdate.DeviceLeft);
        NcpSamples.AddressOf(host, NcpSamples.Display).Should().Be(0xFFFF);
        host.Send(EzspCommands.LookupEui64ByNodeId, new(address)).Status.IsSuccess.Should().BeFalse();
    }

    [Fact]
    public void Nothing_is_told_of_a_sleepy_device_until_it_polls()
    {
        NcpClient host = Ready(NcpSamples.Model(13, NcpSamples.Device(place: Sleepy, type: EmberNodeType.SleepyEndDevice)));
        ushort address = NcpSamples.AddressOf(host, NcpSamples.Display);
        host.Send(EzspCommands.SetPolicy, new(EzspPolicyId.PollHandler, 0x31));
        host.WaitFor(EzspCallbacks.PollHandler).ChildId.Should().Be(address);
        host.Callbacks.Clear();

        host.Send(EzspCommands.SendUnicast, NcpSamples.ReadModel(address));
        host.Pass(TimeSpan.FromSeconds(4.5));
        host.Callbacks.Should().BeEmpty();
        host.WaitFor(EzspCallbacks.MessageSentHandler).Status.IsSuccess.Should().BeTrue();
        host.WaitFor(EzspCallbacks.IncomingMessageHandler);
    }

    [Fact]
    public void A_sleepy_device_that_polls_too_late_gets_nothing_and_the_failure_is_told()
    {
        RadioPlace rare = new()
        {
            Polls = new PollModel
            {
                Interval = TimeSpan.FromSeconds(1),
                WakeEvery = TimeSpan.FromMinutes(30),
                WakeFor = TimeSpan.FromSeconds(10),
            },
        };
        NcpClient host = Ready(NcpSamples.Model(13, NcpSamples.Device(place: rare, type: EmberNodeType.SleepyEndDevice)));
        ushort address = NcpSamples.AddressOf(host, NcpSamples.Display);
        host.Pass(TimeSpan.FromSeconds(15));

        host.Send(EzspCommands.SendUnicast, NcpSamples.ReadModel(address));
        host.Pass(TimeSpan.FromSeconds(7.6));
        host.Callbacks.Should().BeEmpty();
        host.Pass(TimeSpan.FromSeconds(0.1));

        host.WaitFor(EzspCallbacks.MessageSentHandler).Status.Should().Be((EzspStatusCode)EmberStatus.DeliveryFailed);
        host.Ncp.Radio.SentToSleepers.Should().Be(1);
    }

    [Fact]
    public void A_device_out_of_range_or_undeliverable_fails_and_is_told()
    {
        NcpClient host = Ready(NcpSamples.Model(13, NcpSamples.Device(), NcpSamples.Device(Second)));
        host.Ncp.Devices[0].Place = host.Ncp.Devices[0].Place with { IsInRange = false };
        host.Ncp.Ncp.Undeliverable.Add(Second);

        host.Send(EzspCommands.SendUnicast, NcpSamples.ReadModel(NcpSamples.AddressOf(host, NcpSamples.Display), tag: 1));
        host.Send(EzspCommands.SendUnicast, NcpSamples.ReadModel(NcpSamples.AddressOf(host, Second), tag: 2));

        MessageSent first = host.WaitFor(EzspCallbacks.MessageSentHandler);
        first.Tag.Should().Be(2);
        first.Status.Should().Be((EzspStatusCode)EmberStatus.DeliveryFailed);
        host.Pass(TimeSpan.FromSeconds(6));
        host.Callbacks.Should().BeEmpty("the message is sent four times, 1.6 s apart");
        host.WaitFor(EzspCallbacks.MessageSentHandler).Tag.Should().Be(1);
    }

    [Fact]
    public void Too_many_messages_on_their_way_are_refused_and_those_that_fit_are_told()
    {
        NcpClient host = Ready(NcpSamples.Model(13, NcpSamples.Device(place: Sleepy, type: EmberNodeType.SleepyEndDevice)));
        ushort address = NcpSamples.AddressOf(host, NcpSamples.Display);
        host.Send(EzspCommands.SetConfigurationValue, new(EzspConfigurationId.ApsUnicastMessageCount, 3));

        EzspStatusCode[] statuses =
            [.. Enumerable.Range(1, 4).Select(tag => host.Send(EzspCommands.SendUnicast, NcpSamples.ReadModel(address, (byte)tag)).Status)];

        statuses.Select(status => status.IsSuccess).Should().Equal(true, true, true, false);
        statuses[3].Should().Be((EzspStatusCode)EmberStatus.MaxMessageLimitReached);
        for (byte tag = 1; tag <= 3; tag++)
        {
            host.WaitFor(EzspCallbacks.MessageSentHandler).Tag.Should().Be(tag);
        }
    }

    [Fact]
    public void What_cannot_be_sent_is_refused()
    {
        NcpClient host = Ready(NcpSamples.Model(13, NcpSamples.Device()));
        ushort address = NcpSamples.AddressOf(host, NcpSamples.Display);
        SendUnicastRequest tooLong = NcpSamples.ReadModel(address) with { Message = new byte[83] };

        host.Send(EzspCommands.SendUnicast, tooLong).Status.Should().Be((EzspStatusCode)EmberStatus.MessageTooLong);
        host.Send(EzspCommands.SendUnicast, NcpSamples.ReadModel(address) with { Type = EmberOutgoingMessageType.ViaBinding }).Status
            .Should().Be((EzspStatusCode)EmberStatus.IndexOutOfRange);
        host.Send(EzspCommands.ClearTransientLinkKeys, default);
        host.Send(EzspCommands.SendUnicast, NcpSamples.ReadModel(address, options: EmberApsOptions.Encryption)).Status
            .IsSuccess.Should().BeTrue("the trust centre has a link key for all");
        host.Send(EzspCommands.SendUnicast, NcpSamples.ReadModel(0x1234, options: EmberApsOptions.Encryption)).Status
            .Should().Be((EzspStatusCode)EmberStatus.ApsEncryptionError);
    }

    [Fact]
    public void Broadcasts_reach_those_whom_their_address_means()
    {
        NcpModel model = NcpSamples.Model(
            13, NcpSamples.Device(), NcpSamples.Device(Second, Sleepy, EmberNodeType.SleepyEndDevice));
        NcpClient host = Ready(model);

        AskAll(host, RadioFrame.ToRouters).Should().Equal(NcpSamples.Display);
        AskAll(host, RadioFrame.ToAwake).Should().Equal(NcpSamples.Display);
        AskAll(host, RadioFrame.ToAll).Should().BeEquivalentTo([NcpSamples.Display, Second]);
    }

    [Fact]
    public void Lossy_devices_are_read_by_repetition_and_nothing_is_lost_without_being_told()
    {
        int minutes = TestSize.Of(suite: 1, large: 10);
        HanDeviceModel[] devices =
        [
            .. Enumerable.Range(0, 60).Select(number => NcpSamples.Device(0x1000 + (ulong)number, new RadioPlace { Loss = 0.2 })),
            .. Enumerable.Range(0, 32).Select(number =>
                NcpSamples.Device(0x2000 + (ulong)number, Sleepy, EmberNodeType.SleepyEndDevice)),
        ];
        NcpClient host = Ready(NcpSamples.Model(13, devices));
        ushort[] addresses = [.. devices.Select(device => NcpSamples.AddressOf(host, device.Eui64))];
        int sent = 0;
        int answered = 0;
        int failed = 0;

        for (int minute = 0; minute < minutes; minute++)
        {
            foreach (ushort[] batch in addresses.Chunk(16))
            {
                foreach (ushort address in batch)
                {
                    host.Send(EzspCommands.SendUnicast, NcpSamples.ReadModel(address)).Status.IsSuccess.Should().BeTrue();
                    sent++;
                }

                host.Pass(TimeSpan.FromSeconds(10));
                answered += host.Callbacks.Count(callback => callback.Header.FrameId == EzspFrameId.IncomingMessageHandler);
                failed += host.Callbacks.Count(callback => callback.Header.FrameId == EzspFrameId.MessageSentHandler
                    && !EzspFrameStatus(host, callback.Parameters));
                host.Callbacks.Clear();
            }
        }

        sent.Should().Be(92 * minutes);
        (answered + failed).Should().BeGreaterThanOrEqualTo(sent);
        host.Ncp.Radio.Lost.Should().BePositive();
    }

    private static bool EzspFrameStatus(NcpClient host, byte[] parameters)
    {
        EzspFrame.ReadParameters(parameters, host.Version, out MessageSent sent, out _);
        return sent.Status.IsSuccess;
    }

    private static ulong[] AskAll(NcpClient host, ushort destination)
    {
        // A match of the Time server, answered by who has it.
        EmberApsFrame aps = new(0, 0x0006, 0, 0, EmberApsOptions.None, 0, 0);
        host.Send(EzspCommands.SendBroadcast, new(0xFFFF, destination, 0, aps, 0, 1, "01 FDFF 0901 01 0A00 00".Octets()));
        host.Pass(TimeSpan.FromSeconds(10));
        ulong[] answered =
        [
            .. host.Callbacks.Where(callback => callback.Header.FrameId == EzspFrameId.IncomingMessageHandler).Select(callback =>
            {
                EzspFrame.ReadParameters(callback.Parameters, host.Version, out IncomingMessage message, out _);
                return host.Send(EzspCommands.LookupEui64ByNodeId, new(message.Packet.SenderId)).Eui64;
            }),
        ];
        host.Callbacks.Clear();
        return answered;
    }

    private static NcpClient Ready(NcpModel model)
    {
        NcpClient host = new(model);
        host.Negotiate();
        NcpSamples.AddEndpoint(host);
        NcpSamples.AllowWellKnownKey(host);
        host.Form();
        host.Pass(TimeSpan.FromSeconds(3));
        host.Ncp.Devices.Should().OnlyContain(device => device.IsJoined);
        host.Callbacks.Clear();
        return host;
    }
}
