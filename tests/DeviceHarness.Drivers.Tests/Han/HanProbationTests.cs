using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security.Mmo;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.Tests.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Han;

/// <summary>This harness's ZigBee guide 4.7, step 5: a device that agrees on no link key in twenty minutes is removed.</summary>
public sealed class HanProbationTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly EstablishmentBench _keys = new();

    [Fact]
    public async Task A_device_that_agrees_on_no_link_key_in_twenty_minutes_is_removed_and_not_before()
    {
        await using HanBench bench = await StartAsync();
        await JoinAsync(bench);

        bench.Clock.Advance(Limit - Moment);
        IReadOnlyList<string> before = Removals(bench);
        bench.Clock.Advance(Moment);
        HanKeylessRemoved removed = await bench.EventAsync<HanKeylessRemoved>();
        bench.Clock.Advance(Limit);

        before.Should().BeEmpty();
        removed.Should().Be(new HanKeylessRemoved(HanBench.Meter, HanBench.MeterNode, Limit, removed.At));
        Removals(bench).Should().Equal($"remove {HanBench.Meter:X16}");
    }

    [Fact]
    public async Task A_device_that_agreed_stays_and_one_that_joins_anew_has_to_agree_anew()
    {
        await using HanBench bench = await StartAsync();
        await JoinAsync(bench);
        using (EstablishmentMachine meter = new(_keys.MeterSettings, EstablishmentRole.Initiator, EstablishmentBench.Hub))
        {
            await bench.AgreeAsync(meter);
            await bench.EventAsync<HanKeyEstablishment>();
        }

        bench.Clock.Advance(Limit);
        IReadOnlyList<string> agreed = Removals(bench);
        await JoinAsync(bench);
        bool hasKey = bench.Network.Nodes.Should().ContainSingle().Which.HasEstablishedKey;
        bench.Clock.Advance(Limit);
        await bench.EventAsync<HanKeylessRemoved>();

        (agreed.Count, hasKey).Should().Be((0, false));
    }

    [Fact]
    public async Task The_time_begins_again_with_another_join_and_ends_when_the_device_leaves()
    {
        await using HanBench bench = await StartAsync();
        await JoinAsync(bench);
        bench.Clock.Advance(Limit - Minute);

        await JoinAsync(bench);
        bench.Clock.Advance(Limit - Minute);
        bench.Adapter.Tell(new ZigBeeDeviceLeft(HanBench.MeterNode, HanBench.Meter));
        await bench.EventAsync<HanNodeLeft>();
        bench.Clock.Advance(Limit);

        Removals(bench).Should().BeEmpty();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_device_that_rejoins_and_a_network_without_a_certificate_know_no_such_time(bool hasCertificate, bool isRejoin)
    {
        await using HanBench bench = await StartAsync(hasCertificate);
        await JoinAsync(bench, isRejoin);

        bench.Clock.Advance(Limit);

        Removals(bench).Should().BeEmpty();
    }

    [Fact]
    public async Task An_adapter_that_refuses_is_told_and_asked_again_after_a_minute()
    {
        await using HanBench bench = await StartAsync();
        await JoinAsync(bench);
        bench.Adapter.RefusesRemoval = true;

        bench.Clock.Advance(Limit);
        HanFault fault = await bench.EventAsync<HanFault>();
        bench.Adapter.RefusesRemoval = false;
        bench.Clock.Advance(Minute - Moment);
        IReadOnlyList<string> before = Removals(bench);
        bench.Clock.Advance(Moment);
        await bench.EventAsync<HanKeylessRemoved>();

        fault.Reason.Should().BeOfType<AdapterException>().Which.Code.Should().Be("EZSP-015");
        before.Should().BeEmpty();
    }

    [Fact]
    public async Task Nobody_is_removed_from_a_network_that_was_left()
    {
        await using HanBench bench = await StartAsync();
        await JoinAsync(bench);

        bench.Adapter.Table[HanBench.Meter] = HanBench.MeterNode;
        await bench.Network.LeaveAsync(default).DefaultTimeout();
        bench.Clock.Advance(Limit);

        Removals(bench).Should().BeEmpty();
    }

    private static IReadOnlyList<string> Removals(HanBench bench)
    {
        lock (bench.Adapter.Orders)
        {
            return [.. bench.Adapter.Orders.Where(order => order.StartsWith("remove", StringComparison.Ordinal))];
        }
    }

    private static async Task JoinAsync(HanBench bench, bool isRejoin = false)
    {
        InstallCode.TryParse("83FED3407A939723A5C639B26916D505C3B5", out InstallCode? code, out _).Should().BeTrue();
        await using HanJoinWindow window = await bench.Network
            .PermitAsync([new(HanBench.Meter, code!)], TimeSpan.FromSeconds(60), default).DefaultTimeout();
        bench.Adapter.Tell(new ZigBeeDeviceJoined(HanBench.MeterNode, HanBench.Meter, isRejoin, IsSecured: false));
        await bench.EventAsync<HanNodeJoined>();
    }

    private async Task<HanBench> StartAsync(bool hasCertificate = true)
    {
        HanBench bench = new(options => options with { Establishment = hasCertificate ? _keys.HubSettings : null });
        await bench.Network.StartAsync(default).DefaultTimeout();
        return bench;
    }
}
