using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Mmo;
using DeviceHarness.Drivers.CommsHub.Han;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.Tests.Han;
using DeviceHarness.Drivers.Tests.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Hub;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.CommsHub.Han;

/// <summary>The device log that the harness keeps as the hub of its own network.</summary>
public sealed class TrustCentreLogTests
{
    private const string Code = "83FED3407A939723A5C639B26916D505";
    private const string KeyOfCode = "66B6900981E1EE3CA4206B6B861C02BB";
    private const ulong Other = 0x70B3D52B60112244;

    private readonly EstablishmentBench _keys = new();

    [Fact]
    public async Task A_device_that_is_added_may_join_by_its_code_is_in_the_log_at_once_and_closes_the_window_when_it_is_in()
    {
        await using HanBench bench = await StartAsync();
        using TrustCentreLog log = LogOf(bench);

        await log.AddAsync(new Eui64(HanBench.Meter), new HanDeviceJoin(600, Code), default).AsTask().DefaultTimeout();
        IReadOnlyList<HanDeviceLogEntry> added = await ReadAsync(log);
        string[] opened = Orders(bench);
        Join(bench);
        await bench.EventAsync<HanNodeJoined>();
        int ordersBeforeKey = Orders(bench).Length;
        using (EstablishmentMachine meter = new(_keys.MeterSettings, EstablishmentRole.Initiator, EstablishmentBench.Hub))
        {
            await bench.AgreeAsync(meter);
        }

        await bench.EventAsync<HanJoiningClosed>();
        IReadOnlyList<HanDeviceLogEntry> joined = await ReadAsync(log);

        opened.Should().Equal("clear joining keys", $"joining key {HanBench.Meter:X16} {KeyOfCode}", "permit 254");
        added.Should().Equal(new HanDeviceLogEntry(new Eui64(HanBench.Meter)));
        ordersBeforeKey.Should().Be(3, "who joined may have to try once more before it has its key");
        Orders(bench)[3..].Should().BeEquivalentTo($"link key {HanBench.Meter:X16}", "permit 0");
        joined.Should().ContainSingle().Which.DeviceId.Should().Be(new Eui64(HanBench.Meter));
    }

    [Fact]
    public async Task Who_joins_and_agrees_on_no_key_is_in_the_log_as_long_as_it_has_time_for_one()
    {
        await using HanBench bench = await StartAsync();
        using TrustCentreLog log = LogOf(bench);
        await log.AddAsync(new Eui64(HanBench.Meter), new HanDeviceJoin(60, Code), default).AsTask().DefaultTimeout();
        Join(bench);
        await bench.EventAsync<HanNodeJoined>();
        bench.Adapter.RefusesRemoval = true;

        bench.Clock.Advance(TimeSpan.FromMinutes(20) - TimeSpan.FromSeconds(1));
        IReadOnlyList<HanDeviceLogEntry> inTime = await ReadAsync(log);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        await bench.EventAsync<HanFault>();

        inTime.Should().ContainSingle();
        (await ReadAsync(log)).Should().BeEmpty("its time is over, though it could not be told so");
    }

    [Fact]
    public async Task A_period_beyond_what_an_adapter_takes_is_made_of_several_windows_and_ends_with_the_device_out_of_the_log()
    {
        await using HanBench bench = await StartAsync();
        using TrustCentreLog log = LogOf(bench);
        await log.AddAsync(new Eui64(HanBench.Meter), new HanDeviceJoin(300, Code), default).AsTask().DefaultTimeout();

        bench.Clock.Advance(TimeSpan.FromSeconds(254));
        await bench.EventAsync<HanJoiningClosed>();
        await bench.Adapter.OrderedAsync("permit 46").DefaultTimeout();
        IReadOnlyList<HanDeviceLogEntry> still = await ReadAsync(log);
        bench.Clock.Advance(TimeSpan.FromSeconds(46));
        await bench.EventAsync<HanJoiningClosed>();

        still.Should().ContainSingle();
        (await ReadAsync(log)).Should().BeEmpty();
        Orders(bench).Count(order => order.StartsWith("permit", StringComparison.Ordinal)).Should().Be(2);
    }

    [Fact]
    public async Task Two_devices_share_one_window_and_the_one_that_is_removed_is_let_in_no_more()
    {
        await using HanBench bench = await StartAsync();
        using TrustCentreLog log = LogOf(bench);
        await log.AddAsync(new Eui64(HanBench.Meter), new HanDeviceJoin(100, Code), default).AsTask().DefaultTimeout();

        await log.AddAsync(new Eui64(Other), new HanDeviceJoin(200, Code), default).AsTask().DefaultTimeout();
        string[] both = Orders(bench)[3..];
        await log.RemoveAsync(new Eui64(HanBench.Meter), default).AsTask().DefaultTimeout();

        both.Should().Equal(
            "permit 0", "clear joining keys", $"joining key {HanBench.Meter:X16} {KeyOfCode}", $"joining key {Other:X16} {KeyOfCode}",
            "permit 200");
        Orders(bench)[8..].Should().Equal(
            "permit 0", "clear joining keys", $"joining key {Other:X16} {KeyOfCode}", "permit 200", $"erase {HanBench.Meter:X16}");
        (await ReadAsync(log)).Should().ContainSingle().Which.DeviceId.Should().Be(new Eui64(Other));
    }

    [Fact]
    public async Task A_device_that_is_removed_is_told_to_leave_loses_its_link_key_and_is_not_back_by_being_heard()
    {
        await using HanBench bench = await StartAsync();
        List<ulong> told = [];
        using TrustCentreLog log = LogOf(bench, told.Add);
        await MemberAsync(bench);
        IReadOnlyList<HanDeviceLogEntry> before = await ReadAsync(log);

        await log.RemoveAsync(new Eui64(HanBench.Meter), default).AsTask().DefaultTimeout();
        bench.Announce(0x80);
        await bench.PumpedAsync();

        before.Should().ContainSingle().Which.LastCommunications.Should().NotBeNull();
        Orders(bench).Should().Equal($"link key {HanBench.Meter:X16}", $"remove {HanBench.Meter:X16}", $"erase {HanBench.Meter:X16}");
        bench.Adapter.LinkKeys.Should().BeEmpty();
        told.Should().Equal(HanBench.Meter);
        bench.Adapter.LinkKeys[HanBench.Meter] = CipherKey.Create(new byte[16]);
        bench.Network.Nodes.Should().ContainSingle("it did not hear that it has left");
        (await ReadAsync(log)).Should().BeEmpty();
        Join(bench);
        await bench.EventAsync<HanStrangerRemoved>();
    }

    [Fact]
    public async Task A_device_that_cannot_be_told_is_removed_all_the_same()
    {
        await using HanBench bench = await StartAsync();
        using TrustCentreLog log = LogOf(bench);
        await MemberAsync(bench);
        bench.Adapter.RefusesRemoval = true;

        await log.RemoveAsync(new Eui64(HanBench.Meter), default).AsTask().DefaultTimeout();

        (await bench.EventAsync<HanFault>()).Reason.Should().BeOfType<AdapterException>();
        bench.Adapter.LinkKeys.Should().BeEmpty();
        (await ReadAsync(log)).Should().BeEmpty();
    }

    [Fact]
    public async Task Who_holds_no_link_key_and_has_no_time_left_for_one_is_none_of_the_network()
    {
        await using HanBench bench = await StartAsync();
        using TrustCentreLog log = LogOf(bench);
        bench.Adapter.Tell(new ZigBeeDeviceJoined(HanBench.MeterNode, HanBench.Meter, IsRejoin: true, IsSecured: true));
        await bench.EventAsync<HanNodeJoined>();

        IReadOnlyList<HanDeviceLogEntry> without = await ReadAsync(log);
        bench.Adapter.LinkKeys[HanBench.Meter] = CipherKey.Create(new byte[16]);

        without.Should().BeEmpty();
        (await ReadAsync(log)).Should().ContainSingle();
    }

    [Theory]
    [InlineData(Code, true, 1)]
    [InlineData("83FED3407A939723A5C639", false, 4)]
    public async Task What_the_log_does_not_take_is_refused_with_the_reason(string code, bool isThere, int reason)
    {
        await using HanBench bench = await StartAsync();
        using TrustCentreLog log = LogOf(bench);
        if (isThere)
        {
            await log.AddAsync(new Eui64(HanBench.Meter), new HanDeviceJoin(600, Code), default).AsTask().DefaultTimeout();
        }

        Func<Task> adding = () => log.AddAsync(new Eui64(HanBench.Meter), new HanDeviceJoin(600, code), default).AsTask();
        Func<Task> removing = () => log.RemoveAsync(new Eui64(Other), default).AsTask();

        (await adding.Should().ThrowAsync<DeviceRefusedException>()).Which.Should()
            .Match<DeviceRefusedException>(refusal => refusal.DeviceCode == reason && refusal.Code == "HAN-060")
            .And.Match<DeviceRefusedException>(refusal => !refusal.Message.Contains(code));
        (await removing.Should().ThrowAsync<DeviceRefusedException>()).Which.DeviceCode.Should().Be(2);
    }

    [Fact]
    public async Task A_log_of_sixteen_has_no_room()
    {
        await using HanBench bench = await StartAsync();
        using TrustCentreLog log = LogOf(bench);
        for (uint number = 0; number < ReadDeviceLogRsp.MaxEntries; number++)
        {
            await log.AddAsync(new Eui64(Other + number), new HanDeviceJoin(600, Code), default).AsTask().DefaultTimeout();
        }

        Func<Task> adding = () => log.AddAsync(new Eui64(HanBench.Meter), new HanDeviceJoin(600, Code), default).AsTask();

        (await adding.Should().ThrowAsync<DeviceRefusedException>()).Which.DeviceCode.Should().Be(3);
        (await ReadAsync(log)).Should().HaveCount(ReadDeviceLogRsp.MaxEntries);
    }

    [Fact]
    public async Task While_another_network_in_reach_lets_devices_join_nothing_is_added()
    {
        HanRadioDomain domain = new();
        await using HanBench bench = await StartAsync(domain);
        await using HanBench other = await StartAsync(domain);
        using TrustCentreLog log = LogOf(bench);
        InstallCode code = InstallCode.Create(Code.Octets());
        await other.Network.PermitAsync([new HanCandidate(Other, code)], TimeSpan.FromSeconds(60), default).DefaultTimeout();

        Func<Task> adding = () => log.AddAsync(new Eui64(HanBench.Meter), new HanDeviceJoin(600, Code), default).AsTask();

        (await adding.Should().ThrowAsync<DeviceRefusedException>()).Which.DeviceCode.Should().Be(5);
        (await ReadAsync(log)).Should().BeEmpty();
    }

    private static TrustCentreLog LogOf(HanBench bench, Action<ulong>? removed = null)
    {
        TrustCentreLog log = new(bench.Clock) { Removed = removed };
        log.Attach(bench.Network);
        return log;
    }

    private static async Task<IReadOnlyList<HanDeviceLogEntry>> ReadAsync(TrustCentreLog log) =>
        await log.ReadDevicesAsync(default).AsTask().DefaultTimeout();

    private static string[] Orders(HanBench bench)
    {
        lock (bench.Adapter.Orders)
        {
            return [.. bench.Adapter.Orders];
        }
    }

    private static void Join(HanBench bench) =>
        bench.Adapter.Tell(new ZigBeeDeviceJoined(HanBench.MeterNode, HanBench.Meter, IsRejoin: false, IsSecured: false));

    /// <summary>A device of the network that was heard and holds a link key.</summary>
    private static async Task MemberAsync(HanBench bench)
    {
        bench.Adapter.Tell(new ZigBeeDeviceJoined(HanBench.MeterNode, HanBench.Meter, IsRejoin: true, IsSecured: true));
        await bench.EventAsync<HanNodeJoined>();
        bench.Poll();
        await bench.PumpedAsync();
        await bench.Adapter.ImportLinkKeyAsync(HanBench.Meter, CipherKey.Create(new byte[16]), default);
    }

    private async Task<HanBench> StartAsync(HanRadioDomain? domain = null)
    {
        HanBench bench = new(options => options with { Establishment = _keys.HubSettings, Domain = domain ?? new HanRadioDomain() });
        await bench.Network.StartAsync(default).DefaultTimeout();
        return bench;
    }
}
