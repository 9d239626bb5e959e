using System.Threading.Channels;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Mmo;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>A device without a certificate in the network of a trust centre that has one: the adapter really removes it.</summary>
public sealed class KeylessDeviceTests : IHanObserver
{
    private const ulong Display = 0x70B3D52B60112233;

    private readonly Channel<HanEvent> _told = Channel.CreateUnbounded<HanEvent>();
    private readonly List<HanEvent> _seen = [];

    [Fact]
    public async Task A_device_without_a_certificate_is_out_of_the_network_after_its_time()
    {
        InstallCode.TryParse("83FED3407A939723A5C639B26916D505C3B5", out InstallCode? code, out _).Should().BeTrue();
        HanDeviceModel display = new() { Name = "display", Eui64 = Display, LinkKey = new EzspKey(code!.LinkKey().Reveal()) };
        NcpModel model = new() { Devices = [display] };
        VirtualNcp ncp = new("zigbee", model, TimeProvider.System);
        VirtualNcpLine line = new(ncp);
        TestAuthority authority = new(EstablishmentSuites.Suite1, 1);
        using CbkeIdentity identity = authority.Issue(model.Adapter.Eui64);
        await using HanNetwork network = new(new HanNetworkOptions
        {
            Adapter = ZigBeeAdapters.Create(new() { Kind = "ezsp" }, "zigbee", _ => new(line.Open()), TimeProvider.System),
            Establishment = new() { Identities = [identity], Authorities = [authority.Trust], Random = new Random(1).NextBytes },
            Settings = new() { KeyAgreementTime = TimeSpan.FromMilliseconds(1) },
        });
        using IDisposable watching = network.Observe(this);
        await network.StartAsync(CancellationToken.None).DefaultTimeout();
        await network.FormAsync(new() { Channel = 15 }, CancellationToken.None).DefaultTimeout();

        await using HanJoinWindow window = await network
            .PermitAsync([new(Display, code)], TimeSpan.FromSeconds(254), CancellationToken.None).DefaultTimeout();
        HanNodeJoined joined = await EventAsync<HanNodeJoined>();
        await window.CloseAsync(CancellationToken.None).DefaultTimeout();
        HanKeylessRemoved removed = await EventAsync<HanKeylessRemoved>();
        HanNodeLeft left = await EventAsync<HanNodeLeft>();

        (joined.Eui64, removed.Eui64, left.Eui64).Should().Be((Display, Display, Display));
        ncp.Devices.Should().ContainSingle().Which.IsJoined.Should().BeFalse();
    }

    void IHanObserver.Told(HanEvent told) => _told.Writer.TryWrite(told);

    /// <summary>The first event of a kind, whatever came before it: that the device left may be told before its removal is.</summary>
    private async Task<T> EventAsync<T>()
        where T : HanEvent
    {
        while (true)
        {
            if (_seen.OfType<T>().FirstOrDefault() is { } found)
            {
                return found;
            }

            _seen.Add(await _told.Reader.ReadAsync().AsTask().DefaultTimeout());
        }
    }
}
