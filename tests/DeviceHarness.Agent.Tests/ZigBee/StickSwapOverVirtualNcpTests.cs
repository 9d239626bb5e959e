using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Mmo;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using DeviceHarness.Virtual.ZigBee.Ncp;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>A trust centre whose stick breaks: another virtual stick gets what was kept, and the devices on the radio hear it.</summary>
public sealed class StickSwapOverVirtualNcpTests : IHanObserver, IDisposable
{
    private const ulong Display = 0x70B3D52B60112233;
    private const ushort TimeCluster = 0x000A;
    private const string Code = "83FED3407A939723A5C639B26916D505C3B5";

    private static readonly CipherKey StoreKey = CipherKey.Create(new byte[32]);

    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new(EstablishmentSuites.Suite1, 1);
    private readonly TaskCompletionSource<HanKeyEstablishment> _established = new(TaskCreationOptions.RunContinuationsAsynchronously);

    void IHanObserver.Told(HanEvent told)
    {
        if (told is HanKeyEstablishment key)
        {
            _established.TrySetResult(key);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(8)]
    [InlineData(14)]
    public async Task Another_stick_takes_the_place_of_one_that_broke(byte version)
    {
        NcpModel model = Model(version);
        VirtualNcp ncp = new("zigbee", model, TimeProvider.System);
        VirtualNcpLine line = new(ncp);
        using CbkeIdentity identity = _authority.Issue(model.Adapter.Eui64);
        ZigBeeNetwork formed;
        await using (HanNetwork network = Network(line, identity))
        {
            await network.StartAsync(default).DefaultTimeout();
            formed = await network.FormAsync(new() { Channel = 15 }, default).DefaultTimeout();
            HanCandidate.TryParse("70B3D52B60112233", Code, out HanCandidate? candidate, out _).Should().BeTrue();
            using IDisposable watching = network.Observe(this);
            await using HanJoinWindow window = await network.PermitAsync([candidate!], TimeSpan.FromSeconds(60), default).DefaultTimeout();
            (await _established.Task.DefaultTimeout()).Failure.Should().Be(EstablishmentFailure.None);
            (await ReadTimeAsync(network)).Should().BeTrue();
        }

        Store().Read()!.LinkKeys.Should().ContainKey(Display);
        uint heard = ncp.Ncp.NetworkFrameCounter!.Value;
        ncp.Swap(model.Adapter);
        ZigBeeNetwork? found;
        ZigBeeNetwork? restored;
        bool isRead;
        await using (HanNetwork network = Network(line, identity))
        {
            await network.StartAsync(default).DefaultTimeout();
            found = network.Network;
            restored = await network.RestoreAsync(default).DefaultTimeout();
            isRead = await ReadTimeAsync(network);
        }

        found.Should().BeNull();
        restored.Should().Be(formed);
        isRead.Should().BeTrue("the device holds the link key of the stick before");
        ncp.Ncp.NetworkFrameCounter.Should().BeGreaterThan(heard);
        ncp.Devices[0].IsJoined.Should().BeTrue();
    }

    private NcpModel Model(byte version) => new()
    {
        Adapter = new NcpOptions { ProtocolVersion = version },
        Devices =
        [
            new HanDeviceModel
            {
                Name = "display",
                Eui64 = Display,
                LinkKey = new(InstallCode.TryParse(Code, out InstallCode? code, out _) ? code.LinkKey().Reveal() : default),
                Authority = _authority,
                KeyExchangeDelay = TimeSpan.FromMilliseconds(10),
            },
        ],
    };

    private HanNetwork Network(VirtualNcpLine line, CbkeIdentity identity) => new(new HanNetworkOptions
    {
        Adapter = ZigBeeAdapters.Create(new() { Kind = "ezsp" }, "zigbee", _ => new(line.Open()), TimeProvider.System),
        State = Store(),
        Establishment = new EstablishmentSettings
        {
            Identities = [identity],
            Authorities = [_authority.Trust],
            Random = System.Security.Cryptography.RandomNumberGenerator.Fill,
        },
    });

    private HanStateStore Store() => new(DiskKeyStorage.Of(_folder.Path, "rig", "han.zb-01"), StoreKey, "rig/han.zb-01");

    private static async Task<bool> ReadTimeAsync(HanNetwork network)
    {
        await network.FindAsync(Display, default).DefaultTimeout();
        IReadOnlyList<AttributeResult> results =
            await network.Zcl.ReadAsync(new(Display, 1), TimeCluster, [0], default).DefaultTimeout();
        return results[0].Value is not null;
    }
}
