using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Devices;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.ZigBee;

/// <summary>An adapter that breaks and another in its place, given what its host had backed up; and tables that are full.</summary>
public sealed class StickSwapTests
{
    private static readonly EzspKey NetworkKey = new("01030507090B0D0F00020406080A0C0D".Octets());
    private static readonly EzspKey LinkKey = new("00112233445566778899AABBCCDDEEFF".Octets());
    private static readonly EmberNetworkParameters Network = new(0xDDDDDDDDDDDDDDDD, 0x1A62, 5, 11, 0, 0, 0, 0x07FFF800);

    [Theory]
    [InlineData(1024, true)]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void Devices_hear_another_stick_with_the_same_network_only_when_its_counter_did_not_go_back(int raisedBy, bool isHeard)
    {
        NcpModel model = NcpSamples.Model(13, NcpSamples.Device());
        NcpClient host = Joined(model);
        ushort address = NcpSamples.AddressOf(host, NcpSamples.Display);
        Read(host, address).Should().BeTrue();
        uint counter = host.Ncp.Ncp.NetworkFrameCounter!.Value;

        host.Ncp.Swap(model.Adapter);
        Restore(host, (uint)(counter + raisedBy - 1));

        Read(host, address).Should().Be(isHeard);
        NcpSamples.AddressOf(host, NcpSamples.Display).Should().Be(address);
    }

    [Fact]
    public void A_stick_that_only_lost_its_power_goes_on_above_its_counter()
    {
        NcpModel model = NcpSamples.Model(13, NcpSamples.Device());
        MemoryFlash flash = new();
        NcpClient host = Joined(model, flash);
        uint before = host.Ncp.Ncp.NetworkFrameCounter!.Value;

        host.Ncp.Swap(model.Adapter, flash);
        host.Reset();
        host.Negotiate();
        NcpSamples.AddEndpoint(host);
        host.Send(EzspCommands.NetworkInit, new(0)).Status.IsSuccess.Should().BeTrue();
        host.WaitFor(EzspCallbacks.StackStatusHandler, up => NcpClient.Means(up.Status, EmberStatus.NetworkUp));

        host.Ncp.Ncp.NetworkFrameCounter.Should().BeGreaterThan(before);
        Read(host, NcpSamples.AddressOf(host, NcpSamples.Display)).Should().BeTrue();
    }

    [Fact]
    public void Sixty_devices_and_32_sleepy_children_fit_one_more_child_is_refused_and_nobody_is_disturbed()
    {
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "han-crowd.yaml"));
        HanDeviceModel[] crowd = [.. model.Devices.Select(device => device with { Place = device.Place with { Loss = 0 } })];
        HanDeviceModel late = NcpSamples.Device(type: EmberNodeType.SleepyEndDevice) with { JoinDelay = TimeSpan.FromMinutes(1) };
        NcpClient host = new(model with { Devices = [.. crowd, late] });
        host.Negotiate();
        NcpSamples.AddEndpoint(host);
        NcpSamples.AllowWellKnownKey(host);
        host.Form();

        for (int second = 0; second < 120; second++)
        {
            host.Pass(TimeSpan.FromSeconds(1));
            host.Callbacks.Clear();
        }

        host.Ncp.Devices.Count(device => device.IsJoined).Should().Be(92);
        host.Ncp.Devices[^1].IsJoined.Should().BeFalse();
        Read(host, NcpSamples.AddressOf(host, crowd[^1].Eui64)).Should().BeTrue();
    }

    [Fact]
    public void A_key_table_of_its_size_takes_so_many_keys_and_refuses_the_next()
    {
        NcpClient host = new(NcpSamples.Model());
        host.Negotiate();
        host.Send(EzspCommands.SetConfigurationValue, new(EzspConfigurationId.KeyTableSize, 62)).Status.IsSuccess.Should().BeTrue();

        EzspStatusCode[] statuses =
            [.. Enumerable.Range(1, 63).Select(eui64 => host.Send(EzspCommands.ImportLinkKey, new(0xFF, (ulong)eui64, LinkKey)).Status)];

        statuses.Take(62).Should().OnlyContain(status => status.IsSuccess);
        statuses[^1].IsSuccess.Should().BeFalse();
        host.Send(EzspCommands.ImportLinkKey, new(0xFF, 62, NetworkKey)).Status.IsSuccess.Should().BeTrue("it is renewed in its place");
    }

    private static NcpClient Joined(NcpModel model, MemoryFlash? flash = null)
    {
        NcpClient host = new(model, flash);
        host.Negotiate();
        NcpSamples.AddEndpoint(host);
        NcpSamples.AllowWellKnownKey(host);
        host.Form();
        host.Pass(TimeSpan.FromSeconds(1));
        return host;
    }

    private static bool Read(NcpClient host, ushort address)
    {
        host.Callbacks.Clear();
        host.Send(EzspCommands.SendUnicast, NcpSamples.ReadModel(address)).Status.IsSuccess.Should().BeTrue();
        host.Pass(TimeSpan.FromSeconds(10));
        return host.Messages(0x0000).Count == 1;
    }

    private static void Restore(NcpClient host, uint counter)
    {
        host.Reset();
        host.Negotiate();
        NcpSamples.AddEndpoint(host);
        EmberInitialSecurityBits bits = EmberInitialSecurityBits.HavePreconfiguredKey | EmberInitialSecurityBits.HaveNetworkKey
            | EmberInitialSecurityBits.TrustCenterUsesHashedLinkKey | EmberInitialSecurityBits.NoFrameCounterReset;
        host.Send(EzspCommands.SetInitialSecurityState, new(new(bits, LinkKey, NetworkKey, 0, 0)));
        host.Send(EzspCommands.SetValue, new(EzspValueId.NwkFrameCounter, BitConverter.GetBytes(counter)))
            .Status.IsSuccess.Should().BeTrue();
        host.Send(EzspCommands.FormNetwork, new(Network)).Status.IsSuccess.Should().BeTrue();
        host.WaitFor(EzspCallbacks.StackStatusHandler, up => NcpClient.Means(up.Status, EmberStatus.NetworkUp));
    }
}
