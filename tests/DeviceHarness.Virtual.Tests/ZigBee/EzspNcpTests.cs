using DeviceHarness.Codecs.Ash;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Ncp;
using DeviceHarness.Virtual.ZigBee.Radio;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.ZigBee;

public sealed class EzspNcpTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(18)]
    public void Every_version_is_negotiated_from_the_oldest_form_and_forms_a_network(byte version)
    {
        NcpClient host = new(NcpSamples.Model(version));

        host.Negotiate().ProtocolVersion.Should().Be(version);
        host.Form();

        GetNetworkParametersResponse network = host.Send(EzspCommands.GetNetworkParameters, default);
        network.NodeType.Should().Be(EmberNodeType.Coordinator);
        network.Parameters.PanId.Should().Be(0x1A62);
        host.WaitFor(EzspCallbacks.StackStatusHandler, status => NcpClient.Means(status.Status, EmberStatus.NetworkOpened));
    }

    [Fact]
    public void A_command_before_the_version_is_refused_with_the_reason()
    {
        NcpClient host = new(NcpSamples.Model());

        (EzspHeader header, byte[] parameters) = host.SendRaw(host.Encode(EzspFrameId.GetEui64, default(NoParameters)));

        header.FrameId.Should().Be(EzspFrameId.InvalidCommand);
        parameters.Should().Equal((byte)EzspStatus.VersionNotSet);
    }

    [Fact]
    public void Unknown_and_cut_commands_and_those_of_other_versions_are_refused()
    {
        NcpClient host = Negotiated();

        host.SendRaw(host.Encode((EzspFrameId)0x0777, default(NoParameters))).Parameters.Should().Equal((byte)EzspStatus.InvalidFrameId);
        host.SendRaw(host.Encode(EzspFrameId.SetPolicy, default(NoParameters))).Parameters.Should().Equal((byte)EzspStatus.Truncated);
        host.SendRaw(host.Encode(EzspFrameId.GetKey, new OctetParameter(1))).Parameters.Should().Equal((byte)EzspStatus.InvalidFrameId);
        host.Ncp.Ncp.Refused.Should().Be(3);
    }

    [Fact]
    public void A_network_is_kept_over_the_loss_of_power_and_the_frame_counter_never_goes_back()
    {
        MemoryFlash flash = new();
        NcpClient host = new(NcpSamples.Model(13, NcpSamples.Device()), flash);
        host.Negotiate();
        host.Send(EzspCommands.NetworkInit, default).Status.Should().Be((EzspStatusCode)EmberStatus.NotJoined);
        NcpSamples.AllowWellKnownKey(host);
        host.Form();
        host.WaitFor(EzspCallbacks.TrustCenterJoinHandler);
        ushort address = NcpSamples.AddressOf(host, NcpSamples.Display);
        for (int message = 0; message < 3; message++)
        {
            host.Send(EzspCommands.SendUnicast, NcpSamples.ReadModel(address)).Status.IsSuccess.Should().BeTrue();
        }

        uint counter = host.Send(EzspCommands.GetNetworkKeyInfo, default).FrameCounter;
        NcpClient again = new(NcpSamples.Model(13, NcpSamples.Device()), flash);
        again.Negotiate();

        again.Send(EzspCommands.NetworkInit, default).Status.IsSuccess.Should().BeTrue();
        again.WaitFor(EzspCallbacks.StackStatusHandler, up => NcpClient.Means(up.Status, EmberStatus.NetworkUp));
        NetworkKeyInfoResponse info = again.Send(EzspCommands.GetNetworkKeyInfo, default);
        info.FrameCounter.Should().BeGreaterThan(counter);
        NcpSamples.AddressOf(again, NcpSamples.Display).Should().Be(address);
        again.Ncp.Devices[0].IsJoined.Should().BeTrue();
        again.Send(EzspCommands.ExportKey, new(new() { KeyType = SecurityManagerKeyType.Network })).Key.ToArray()
            .ShouldBeHex("01030507090B0D0F00020406080A0C0D");
    }

    [Fact]
    public void Leaving_takes_the_network_down_and_out_of_flash()
    {
        MemoryFlash flash = new();
        NcpClient host = Negotiated(flash);
        host.Form(isOpen: false);

        host.Send(EzspCommands.LeaveNetwork, default).Status.IsSuccess.Should().BeTrue();

        host.WaitFor(EzspCallbacks.StackStatusHandler, down => NcpClient.Means(down.Status, EmberStatus.NetworkDown));
        host.Send(EzspCommands.NetworkState, default).State.Should().Be(EmberNetworkStatus.NoNetwork);
        NcpClient again = Negotiated(flash);
        again.Send(EzspCommands.NetworkInit, default).Status.Should().Be((EzspStatusCode)EmberStatus.NotJoined);
    }

    [Fact]
    public void A_network_wants_its_security_state_first_and_a_channel_that_exists()
    {
        NcpClient host = Negotiated();
        FormNetworkRequest form = new(new(1, 2, 5, 15, 0, 0, 0, 0));

        host.Send(EzspCommands.FormNetwork, form).Status.Should().Be((EzspStatusCode)EmberStatus.SecurityStateNotSet);
        host.Send(EzspCommands.SetInitialSecurityState, default).Status.IsSuccess.Should().BeTrue();
        host.Send(EzspCommands.FormNetwork, new(form.Parameters with { Channel = 27 })).Status
            .Should().Be((EzspStatusCode)EmberStatus.BadArgument);
        host.Send(EzspCommands.FormNetwork, form).Status.IsSuccess.Should().BeTrue();
        host.Send(EzspCommands.FormNetwork, form).Status.Should().Be((EzspStatusCode)EmberStatus.InvalidCall);
    }

    [Fact]
    public void An_endpoint_that_is_not_there_has_two_octets_of_flags_all_the_same()
    {
        NcpClient host = Negotiated();

        ValueResponse missing = host.Send(EzspCommands.GetExtendedValue, new(0, 1));
        NcpSamples.AddEndpoint(host);
        ValueResponse present = host.Send(EzspCommands.GetExtendedValue, new(0, 1));

        missing.Status.Should().Be((EzspStatusCode)EzspStatus.InvalidValue);
        missing.Value.Length.Should().Be(2);
        present.Status.IsSuccess.Should().BeTrue();
        present.Value.Length.Should().Be(2);
    }

    [Fact]
    public void Configuration_policies_and_values_come_back_and_are_gone_after_a_reset()
    {
        NcpClient host = Negotiated();
        host.Send(EzspCommands.SetConfigurationValue, new(EzspConfigurationId.KeyTableSize, 4)).Status.IsSuccess.Should().BeTrue();
        host.Send(EzspCommands.SetPolicy, new(EzspPolicyId.TcKeyRequest, 0x50)).Status.IsSuccess.Should().BeTrue();
        host.Send(EzspCommands.SetValue, new(EzspValueId.TransientDeviceTimeout, new byte[] { 1, 2 })).Status.IsSuccess.Should().BeTrue();

        host.Send(EzspCommands.GetConfigurationValue, new(0x1E)).Value.Should().Be(4);
        host.Send(EzspCommands.GetPolicy, new(5)).Decision.Should().Be(0x50);
        host.Send(EzspCommands.GetValue, new(0x43)).Value.ToArray().Should().Equal(1, 2);
        host.Send(EzspCommands.GetValue, new(0x11)).Value.ToArray().ShouldBeHex("06 01 07 04 03 00 AA");
        host.Send(EzspCommands.GetConfigurationValue, new(0xEE)).Status.Should().Be((EzspStatusCode)EzspStatus.InvalidId);
        host.Reset();
        host.Negotiate();
        host.Send(EzspCommands.GetConfigurationValue, new(0x1E)).Value.Should().Be(16);
        host.Send(EzspCommands.GetPolicy, new(5)).Decision.Should().Be(0);
    }

    [Fact]
    public void A_table_cannot_be_resized_nor_an_endpoint_be_added_in_a_network()
    {
        NcpClient host = Negotiated();
        host.Form(isOpen: false);

        host.Send(EzspCommands.SetConfigurationValue, new(EzspConfigurationId.KeyTableSize, 4)).Status
            .Should().Be((EzspStatusCode)EzspStatus.InvalidCall);
        host.Send(EzspCommands.AddEndpoint, new(1, 0x0109, 0x0500, 0, default, default)).Status
            .Should().Be((EzspStatusCode)EzspStatus.InvalidCall);
    }

    [Theory]
    [InlineData(13)]
    [InlineData(14)]
    public void Stock_images_have_no_elliptic_curves(byte version)
    {
        NcpClient host = new(NcpSamples.Model(version));
        host.Negotiate();

        EzspStatusCode expected = version == 13 ? EmberStatus.LibraryNotPresent : SlStatus.NotSupported;
        host.Send(EzspCommands.GetCertificate, default).Status.Should().Be(expected);
        host.Send(EzspCommands.GetCertificate283K1, default).Status.Should().Be(expected);
        host.Send(EzspCommands.GenerateCbkeKeys, default).Status.Should().Be(expected);
    }

    [Fact]
    public void Link_keys_are_kept_found_exported_and_refused_when_the_table_is_full()
    {
        NcpClient host = Negotiated();
        EzspKey key = new("00112233445566778899AABBCCDDEEFF".Octets());
        host.Send(EzspCommands.SetConfigurationValue, new(EzspConfigurationId.KeyTableSize, 2));

        host.Send(EzspCommands.ImportLinkKey, new(0xFF, 1, default)).Status.IsSuccess.Should().BeTrue();
        host.Send(EzspCommands.ImportLinkKey, new(0xFF, 2, key)).Status.IsSuccess.Should().BeTrue();
        host.Send(EzspCommands.ImportLinkKey, new(0xFF, 3, key)).Status.IsSuccess.Should().BeFalse();
        host.Send(EzspCommands.ImportLinkKey, new(0xFF, 1, key)).Status.IsSuccess.Should().BeTrue("the partner has its entry");

        host.Send(EzspCommands.ExportLinkKeyByEui, new(2)).Key.Should().Be(key);
        host.Send(EzspCommands.ExportLinkKeyByIndex, new(1)).Context.Eui64.Should().Be(2);
        host.Send(EzspCommands.FindKeyTableEntry, new(2, true)).Value.Should().Be(1);
        host.Send(EzspCommands.EraseKeyTableEntry, new(1)).Status.IsSuccess.Should().BeTrue();
        host.Send(EzspCommands.ExportLinkKeyByEui, new(2)).Status.Should().Be((EzspStatusCode)SlStatus.NotFound);
        host.Send(EzspCommands.ClearKeyTable, default).Status.IsSuccess.Should().BeTrue();
        host.Send(EzspCommands.ExportLinkKeyByEui, new(1)).Status.Should().Be((EzspStatusCode)SlStatus.NotFound);
    }

    [Fact]
    public void Before_version_12_link_keys_go_through_the_key_table()
    {
        NcpClient host = new(NcpSamples.Model(8));
        host.Negotiate();
        EzspKey key = new("00112233445566778899AABBCCDDEEFF".Octets());

        host.Send(EzspCommands.AddOrUpdateKeyTableEntry, new(7, true, key)).Status.IsSuccess.Should().BeTrue();
        host.Send(EzspCommands.SetConfigurationValue, new(EzspConfigurationId.KeyTableSize, 1));

        host.Send(EzspCommands.AddOrUpdateKeyTableEntry, new(8, true, key)).Status.Should().Be((EzspStatusCode)EmberStatus.TableFull);
        host.Send(EzspCommands.GetKeyTableEntry, new(0)).Key.PartnerEui64.Should().Be(7);
        host.Send(EzspCommands.GetKeyTableEntry, new(0)).Key.Key.Should().Be(key);
        host.Form(isOpen: false);
        host.Send(EzspCommands.GetKey, new((byte)EmberKeyType.CurrentNetworkKey)).Key.Key.ToArray()
            .ShouldBeHex("01030507090B0D0F00020406080A0C0D");
    }

    [Fact]
    public void The_network_key_is_switched_once_the_next_one_is_out_long_enough()
    {
        NcpClient host = NcpSamples.Joined(NcpSamples.Model(13, NcpSamples.Device()));
        EzspKey next = new("0F0E0D0C0B0A09080706050403020100".Octets());
        host.Send(EzspCommands.BroadcastNextNetworkKey, new(next)).Status.IsSuccess.Should().BeTrue();

        host.Send(EzspCommands.BroadcastNetworkKeySwitch, default).Status.Should().Be((EzspStatusCode)EmberStatus.TooSoonForSwitchKey);
        host.Pass(TimeSpan.FromSeconds(9));
        host.Send(EzspCommands.BroadcastNetworkKeySwitch, default).Status.IsSuccess.Should().BeTrue();

        host.WaitFor(EzspCallbacks.SwitchNetworkKeyHandler).Value.Should().Be(1);
        host.Send(EzspCommands.GetNetworkKeyInfo, default).KeySequence.Should().Be(1);
        host.Pass(TimeSpan.FromSeconds(1));
        host.Ncp.Devices[0].NetworkKey.Should().Be(next);
    }

    [Fact]
    public void A_device_that_slept_through_the_new_network_key_is_deaf_until_it_rejoins()
    {
        RadioPlace rare = new()
        {
            Polls = new PollModel
            {
                Interval = TimeSpan.FromSeconds(1),
                WakeEvery = TimeSpan.FromMinutes(10),
                WakeFor = TimeSpan.FromMinutes(1),
            },
        };
        NcpClient host = NcpSamples.Joined(NcpSamples.Model(13, NcpSamples.Device(place: rare, type: EmberNodeType.SleepyEndDevice)));
        ushort address = NcpSamples.AddressOf(host, NcpSamples.Display);
        host.Pass(TimeSpan.FromMinutes(2));
        host.Send(EzspCommands.BroadcastNextNetworkKey, default);
        host.Pass(TimeSpan.FromSeconds(20));
        host.Send(EzspCommands.BroadcastNetworkKeySwitch, default).Status.IsSuccess.Should().BeTrue();
        host.Pass(TimeSpan.FromMinutes(8));
        host.Callbacks.Clear();

        host.Send(EzspCommands.SendUnicast, NcpSamples.ReadModel(address));
        host.WaitFor(EzspCallbacks.MessageSentHandler).Status.IsSuccess.Should().BeFalse();
        host.Ncp.Act((ncp, now) => ncp.Devices[0].TryRejoin(now)).Should().BeTrue();
        host.Send(EzspCommands.SendUnicast, NcpSamples.ReadModel(address));

        host.WaitFor(EzspCallbacks.TrustCenterJoinHandler).Update.Should().Be(EmberDeviceUpdate.StandardSecurityUnsecuredRejoin);
        host.WaitFor(EzspCallbacks.MessageSentHandler).Status.IsSuccess.Should().BeTrue();
        host.Send(EzspCommands.SetPolicy, new(EzspPolicyId.TrustCenter, (byte)EzspTrustCenterDecision.AllowJoins));
        host.Ncp.Act((ncp, now) => ncp.Devices[0].TryRejoin(now)).Should().BeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_device_that_slept_through_the_new_network_key_is_sent_it_at_its_wake_and_not_before(bool isAwake)
    {
        RadioPlace rare = new()
        {
            Polls = new PollModel
            {
                Interval = TimeSpan.FromSeconds(1),
                WakeEvery = TimeSpan.FromMinutes(10),
                WakeFor = TimeSpan.FromMinutes(1),
            },
        };
        NcpClient host = NcpSamples.Joined(NcpSamples.Model(13, NcpSamples.Device(place: rare, type: EmberNodeType.SleepyEndDevice)));
        ushort address = NcpSamples.AddressOf(host, NcpSamples.Display);
        EzspKey next = new("0F0E0D0C0B0A09080706050403020100".Octets());
        host.Pass(TimeSpan.FromMinutes(2));
        host.Send(EzspCommands.BroadcastNextNetworkKey, new(next));
        host.Pass(TimeSpan.FromMinutes(isAwake ? 8 : 5));

        host.Send(EzspCommands.UnicastNwkKeyUpdate, new(address, NcpSamples.Display, next)).Status.IsSuccess.Should().BeTrue();
        host.Pass(TimeSpan.FromMinutes(isAwake ? 2 : 5));

        host.Ncp.Devices[0].NextNetworkKey.IsZero.Should().Be(!isAwake);
    }

    [Fact]
    public void A_device_of_a_network_that_is_gone_joins_the_next_one()
    {
        NcpClient host = NcpSamples.Joined(NcpSamples.Model(13, NcpSamples.Device()));
        host.Send(EzspCommands.LeaveNetwork, default);
        host.WaitFor(EzspCallbacks.StackStatusHandler, down => NcpClient.Means(down.Status, EmberStatus.NetworkDown));
        host.Ncp.Devices[0].IsJoined.Should().BeFalse();

        NcpSamples.AllowWellKnownKey(host);
        host.Form();

        host.WaitFor(EzspCallbacks.TrustCenterJoinHandler).Eui64.Should().Be(NcpSamples.Display);
    }

    [Fact]
    public void Polls_are_told_again_after_a_reset()
    {
        NcpClient host = NcpSamples.Joined(NcpSamples.Model(13, NcpSamples.Device(type: EmberNodeType.SleepyEndDevice)));
        host.Reset();
        host.Negotiate();
        host.Send(EzspCommands.SetPolicy, new(EzspPolicyId.PollHandler, 0x31));
        host.Send(EzspCommands.NetworkInit, default).Status.IsSuccess.Should().BeTrue();

        host.WaitFor(EzspCallbacks.PollHandler).ChildId.Should().Be(NcpSamples.AddressOf(host, NcpSamples.Display));
    }

    [Fact]
    public void A_scan_tells_the_energy_of_each_channel_and_the_networks_it_hears()
    {
        EmberNetworkFound found = new(15, 0x2222, 0x1122334455667788, true, 2, 0);
        NcpModel model = new() { Adapter = new NcpOptions { Neighbours = [new NeighbourNetwork(found, default, default)] } };
        NcpClient host = new(model);
        host.Negotiate();

        host.Send(EzspCommands.StartScan, new(0, 0x07FFF800, 3)).Status.IsSuccess.Should().BeTrue();
        host.WaitFor(EzspCallbacks.EnergyScanResultHandler, result => result.Channel == 26).MaximumRssi.Should().BeNegative();
        host.WaitFor(EzspCallbacks.ScanCompleteHandler).Status.IsSuccess.Should().BeTrue();
        host.Send(EzspCommands.StartScan, new(1, 1 << 15, 3)).Status.IsSuccess.Should().BeTrue();
        host.WaitFor(EzspCallbacks.NetworkFoundHandler).Network.Should().Be(found);
        host.Send(EzspCommands.StartScan, new(1, 0, 3)).Status.IsSuccess.Should().BeFalse();
    }

    [Fact]
    public void An_adapter_joins_a_network_whose_link_key_it_has()
    {
        EzspKey linkKey = new("00112233445566778899AABBCCDDEEFF".Octets());
        EmberNetworkFound found = new(15, 0x2222, 0x1122334455667788, true, 2, 0);
        NcpClient host = new(new() { Adapter = new NcpOptions { Neighbours = [new NeighbourNetwork(found, linkKey, linkKey)] } });
        host.Negotiate();
        JoinNetworkRequest join = new(EmberNodeType.Router, new(found.ExtendedPanId, 0xFFFF, 5, 15, 0, 0, 0, 0));
        host.Send(EzspCommands.SetInitialSecurityState, default);
        host.Send(EzspCommands.JoinNetwork, join).Status.IsSuccess.Should().BeTrue();
        host.WaitFor(EzspCallbacks.StackStatusHandler).Status.Should().Be((EzspStatusCode)EmberStatus.NoNetworkKeyReceived);

        host.Send(EzspCommands.SetInitialSecurityState, new(new(EmberInitialSecurityBits.HavePreconfiguredKey, linkKey, default, 0, 0)));
        host.Send(EzspCommands.JoinNetwork, join).Status.IsSuccess.Should().BeTrue();

        host.WaitFor(EzspCallbacks.StackStatusHandler).Status.Should().Be((EzspStatusCode)EmberStatus.NetworkUp);
        host.Send(EzspCommands.GetNetworkParameters, default).Parameters.PanId.Should().Be(0x2222);
        host.Send(EzspCommands.GetNodeId, default).Value.Should().BeInRange(1, 0xFFF7);
    }

    [Fact]
    public void Callbacks_wait_to_be_asked_for_when_the_host_wants_them_so()
    {
        NcpClient host = Negotiated();
        host.Send(EzspCommands.SetValue, new(EzspValueId.UartSynchCallbacks, new byte[] { 1 }));
        host.Send(EzspCommands.SetInitialSecurityState, default);
        host.Send(EzspCommands.FormNetwork, new(new(1, 2, 5, 15, 0, 0, 0, 0)));
        host.Pass(TimeSpan.FromSeconds(1));

        host.Callbacks.Should().BeEmpty();
        host.SendRaw(host.Encode(EzspFrameId.GetNodeId, default(NoParameters))).Header.IsCallbackPending.Should().BeTrue();
        byte[] ask = host.Encode(EzspFrameId.Callback, default(NoParameters));
        Action asking = () => host.SendRaw(ask);

        asking.Should().Throw<Exception>("the answer is the callback and no plain answer");
        host.Callbacks.Should().ContainSingle().Which.Header.Callback.Should().Be(EzspCallbackKind.Synchronous);
        host.SendRaw(host.Encode(EzspFrameId.Callback, default(NoParameters))).Header.FrameId.Should().Be(EzspFrameId.NoCallbacks);
    }

    [Fact]
    public void An_adapter_that_ran_out_of_memory_says_so_once()
    {
        NcpClient host = Negotiated();
        host.Ncp.Ncp.HasOverflow = true;

        host.SendRaw(host.Encode(EzspFrameId.Nop, default(NoParameters))).Header.HasOverflow.Should().BeTrue();
        host.SendRaw(host.Encode(EzspFrameId.Nop, default(NoParameters))).Header.HasOverflow.Should().BeFalse();
    }

    [Fact]
    public void An_adapter_that_restarts_by_itself_forgets_all_but_what_it_keeps()
    {
        NcpClient host = Negotiated();
        host.Form(isOpen: false);

        host.Ncp.Restart(AshResetCode.Watchdog);
        host.Ncp.TimeToNextStep.Should().Be(TimeSpan.Zero);
        AshLine.Texts(host.Ncp.Step([]).ToArray()).Should().Equal("RSTACK: 0203");
        host.Reset();
        host.Negotiate();

        host.Send(EzspCommands.NetworkState, default).State.Should().Be(EmberNetworkStatus.NoNetwork);
        host.Send(EzspCommands.NetworkInit, default).Status.IsSuccess.Should().BeTrue();
    }

    private static NcpClient Negotiated(IMeterFlash? flash = null)
    {
        NcpClient host = new(NcpSamples.Model(), flash);
        host.Negotiate();
        return host;
    }
}
