using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ezsp;

public sealed class EzspRecoveryTests
{
    [Theory]
    [InlineData(AshResetCode.Watchdog)]
    [InlineData((AshResetCode)0x85)]
    public async Task An_adapter_that_reboots_is_told_set_up_again_and_back_in_its_network(AshResetCode code)
    {
        await using AdapterBench bench = new AdapterBench().Stored();
        await bench.StartAsync();

        bench.Ncp.Reboot(code);
        ZigBeeAdapterLost lost = await bench.EventAsync<ZigBeeAdapterLost>();
        ZigBeeAdapterRecovered back = await bench.EventAsync<ZigBeeAdapterRecovered>();
        ZigBeeNetworkKeyState state = await StateAsync(bench);

        lost.Reason.Should().BeOfType<AdapterException>().Which.AdapterCode.Should().Be((long)code);
        (back.Attempts, back.Network).Should().Be((1, bench.Adapter.Network));
        back.Network!.Channel.Should().Be(15);
        (bench.Opened, bench.Ncp.Resets).Should().Be((1, 2), "the port was never gone");
        bench.Ncp.Of(EzspFrameId.AddEndpoint).Should().HaveCount(2);
        state.Sequence.Should().Be(3);
    }

    [Fact]
    public async Task An_adapter_that_is_unplugged_is_opened_again_when_its_port_is_back()
    {
        await using AdapterBench bench = new AdapterBench().Stored();
        await bench.StartAsync();
        bench.FailToOpen(new TransportException("TRAN-001", "zigbee: there is no such port", "zigbee"));
        bench.FailToOpen(new TransportException("TRAN-001", "zigbee: there is no such port", "zigbee"));

        bench.Ncp.Unplug();
        ZigBeeAdapterLost gone = await bench.EventAsync<ZigBeeAdapterLost>();
        bool isDown = bench.Adapter.Network is null;
        Func<Task> scan = () => bench.Adapter.ScanEnergyAsync(1u << 11, default);
        TransportException told = (await scan.Should().ThrowAsync<TransportException>()).Which;
        await NcpClock.PassAsync(bench.Ncp.Time, () => bench.Opened == 2).DefaultTimeout();
        await bench.EventAsync<ZigBeeAdapterLost>();
        TransportException toldAgain = (await scan.Should().ThrowAsync<TransportException>("it is a lost port still")).Which;
        Task<ZigBeeAdapterRecovered> back = bench.EventAsync<ZigBeeAdapterRecovered>();
        await NcpClock.PassAsync(bench.Ncp.Time, () => bench.Opened == 4).DefaultTimeout();
        await back.DefaultTimeout();

        toldAgain.Should().BeSameAs(told);
        gone.Reason.Should().BeSameAs(told).And.BeOfType<TransportException>().Which.Code.Should().Be("TRAN-004");
        isDown.Should().BeTrue();
        ((await back).Attempts, bench.Opened).Should().Be((3, 4));
        bench.Adapter.Network.Should().NotBeNull();
    }

    [Fact]
    public async Task A_reboot_in_the_middle_of_the_start_begins_it_anew_and_three_are_too_many()
    {
        await using AdapterBench bench = new();
        int reboots = 1;
        bench.Ncp.Then[EzspFrameId.AddEndpoint] = () =>
        {
            if (reboots-- > 0)
            {
                bench.Ncp.Reboot(AshResetCode.PowerOn);
            }
        };

        await bench.StartAsync();
        int resets = bench.Ncp.Resets;
        reboots = int.MaxValue;
        Func<Task> start = bench.StartAsync;

        AdapterException fault = (await start.Should().ThrowAsync<AdapterException>()).Which;
        (resets, fault.Fault, bench.Ncp.Resets).Should().Be((2, AdapterFault.Rebooted, 5));
    }

    [Fact]
    public async Task A_port_that_another_program_has_open_is_told_as_it_is()
    {
        await using AdapterBench bench = new();
        bench.FailToOpen(new TransportException("TRAN-003", "zigbee: the port is open in another program", "zigbee"));
        Func<Task> start = bench.StartAsync;

        (await start.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("TRAN-003");
        await start.Should().NotThrowAsync("it is free again");
    }

    [Fact]
    public async Task Wrong_firmware_is_told_at_the_start_and_nothing_goes_on_in_the_background()
    {
        await using AdapterBench bench = new();
        bench.Ncp.ToldVersion = 3;
        Func<Task> start = bench.StartAsync;

        AdapterException fault = (await start.Should().ThrowAsync<AdapterException>()).Which;
        Func<Task> form = () => bench.Adapter.FormAsync(new() { Channel = 15 }, default);

        fault.Fault.Should().Be(AdapterFault.WrongFirmware);
        await form.Should().ThrowAsync<LocalProtocolException>();
        (bench.Opened, bench.Ncp.Resets).Should().Be((1, 1));
    }

    [Fact]
    public async Task An_adapter_that_is_closed_while_it_is_lost_stays_closed()
    {
        AdapterBench bench = new();
        await bench.StartAsync();
        bench.FailToOpen(new TransportException("TRAN-001", "zigbee: there is no such port", "zigbee"));
        bench.Ncp.Unplug();
        await bench.EventAsync<ZigBeeAdapterLost>();

        await bench.DisposeAsync().AsTask().DefaultTimeout();
        bench.Ncp.Time.Advance(TimeSpan.FromMinutes(10));

        bench.Opened.Should().Be(1);
    }

    private static Task<ZigBeeNetworkKeyState> StateAsync(AdapterBench bench)
    {
        bench.Ncp.Answer(EzspFrameId.GetNetworkKeyInfo, new NetworkKeyInfoResponse(SlStatus.Ok, true, false, 3, 0, 0));
        return bench.Adapter.GetNetworkKeyStateAsync(CancellationToken.None).DefaultTimeout();
    }
}
