using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.Tests.Keys;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Han;

/// <summary>What is kept of a trust centre, and when.</summary>
public sealed class HanStateTests
{
    private const ulong Device = 0x70B3D52B60112233;

    private static readonly CipherKey StoreKey = CipherKey.Create([.. Enumerable.Range(0, 32).Select(octet => (byte)octet)]);
    private static readonly CipherKey NetworkKey = CipherKey.Create([.. Enumerable.Range(16, 16).Select(octet => (byte)octet)]);
    private static readonly CipherKey OwnKey = CipherKey.Create([.. Enumerable.Range(32, 16).Select(octet => (byte)octet)]);

    private static readonly ZigBeeNetworkBackup State = new()
    {
        Eui64 = 0x00124B0001020304,
        Network = new(ZigBeeRole.Coordinator, 0, 0x1122334455667788, 0x1A62, 15, -3),
        NetworkKey = NetworkKey,
        NetworkKeySequence = 7,
        TrustCentreKey = OwnKey,
        NetworkFrameCounter = 0x01020304,
        ApsFrameCounter = 0x05060708,
        LinkKeys = new Dictionary<ulong, CipherKey> { [Device] = OwnKey, [Device + 1] = NetworkKey },
    };

    private readonly DroppingKeyStorage _storage = new();

    [Fact]
    public void A_state_is_read_as_it_was_kept_and_a_network_that_was_given_up_is_none()
    {
        HanStateStore store = Store();
        store.Read().Should().BeNull();

        store.Save(State);
        ZigBeeNetworkBackup? read = Store().Read();
        store.Save(null);

        read.Should().BeEquivalentTo(State);
        Store().Read().Should().BeNull();
    }

    [Fact]
    public void No_key_is_written_in_clear_or_printed_and_nobody_else_opens_it()
    {
        Store().Save(State);

        foreach (string file in _storage.Files)
        {
            Convert.ToHexString(_storage.Read(file)!).Should().NotContain(Convert.ToHexString(NetworkKey.Reveal()[..6]));
        }

        State.ToString().Should().NotContainAny("101112", "16171819");
        Action other = () => new HanStateStore(_storage, StoreKey, "rig/han.zb-02").Read();
        other.Should().Throw<ConfigurationException>().Which.Code.Should().Be("KEYS-011");
    }

    [Fact]
    public void Raised_counters_go_on_above_and_one_that_is_used_up_is_told()
    {
        State.Raised(1000).Should().BeEquivalentTo(new { NetworkFrameCounter = 0x01020304u + 1000, ApsFrameCounter = 0x05060708u + 1000 });

        Action over = () => (State with { NetworkFrameCounter = uint.MaxValue }).Raised(1);
        over.Should().Throw<OverflowException>();
    }

    [Fact]
    public async Task The_state_is_kept_when_a_network_is_formed_every_hour_and_given_up_when_it_is_left()
    {
        ManualTimeProvider clock = new();
        FakeAdapter adapter = new() { Network = null, Backup = State };
        await using HanNetwork network = new(new HanNetworkOptions { Adapter = adapter, State = Store(), TimeProvider = clock });
        await network.StartAsync(default).DefaultTimeout();
        ZigBeeNetwork? before = network.Kept;

        adapter.Network = State.Network;
        await network.FormAsync(new() { Channel = 15 }, default).DefaultTimeout();
        uint formed = Store().Read()!.NetworkFrameCounter;
        adapter.Backup = State with { NetworkFrameCounter = 0x02000000 };
        clock.Advance(TimeSpan.FromHours(1));
        uint hour = Store().Read()!.NetworkFrameCounter;
        await network.LeaveAsync(default).DefaultTimeout();

        before.Should().BeNull();
        (formed, hour).Should().Be((0x01020304u, 0x02000000u));
        network.Kept.Should().BeNull();
    }

    [Fact]
    public async Task Another_stick_gets_the_state_with_raised_counters_and_one_of_another_identity_does_not()
    {
        Store().Save(State);
        FakeAdapter adapter = new() { Network = null };
        await using HanNetwork network = new(new HanNetworkOptions { Adapter = adapter, State = Store() });
        await network.StartAsync(default).DefaultTimeout();

        ZigBeeNetwork? restored = await network.RestoreAsync(default).DefaultTimeout();

        restored.Should().Be(State.Network);
        adapter.Backup!.NetworkFrameCounter.Should().BeGreaterThan(State.NetworkFrameCounter + (1 << 20));
        Store().Save(State with { Eui64 = 1 });
        Func<Task> other = () => network.RestoreAsync(default);
        (await other.Should().ThrowAsync<LocalProtocolException>()).Which.Code.Should().Be("HAN-024");
    }

    private HanStateStore Store() => new(_storage, StoreKey, "rig/han.zb-01");
}
