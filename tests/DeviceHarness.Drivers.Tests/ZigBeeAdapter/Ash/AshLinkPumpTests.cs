using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.Drivers.Tests.Links;
using DeviceHarness.Drivers.ZigBeeAdapter.Ash;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ash;

/// <summary>The loop over a line whose process is held up after each read and write: the clock jumps.</summary>
public sealed class AshLinkPumpTests : IAsyncDisposable
{
    private readonly StallingLine _line = new() { Stall = TimeSpan.Zero };

    public ValueTask DisposeAsync() => _line.DisposeAsync();

    [Theory]
    [InlineData(AshResetCode.PowerOn, "ASH-011", AdapterFault.Silent)]
    [InlineData(null, "ASH-010", AdapterFault.Silent)]
    public async Task An_adapter_that_is_not_reset_is_told_with_what_to_do(AshResetCode? code, string expected, AdapterFault fault)
    {
        for (int tries = 0; tries < 5 && code is not null; tries++)
        {
            _line.Bring(AshWords.ResetAck(code.Value), piece: 64);
        }

        await using AshLinkPump pump = Pump();
        Func<Task> connect = () => pump.ConnectAsync(CancellationToken.None);

        AdapterException told = (await connect.Should().ThrowAsync<AdapterException>()).Which;
        (told.Code, told.Fault, told.AdapterCode).Should().Be((expected, fault, (long?)code));
        told.Message.Should().StartWith("esme-01: ");
        AllFrames().Should().Equal(Enumerable.Repeat("RST", 5));
    }

    [Fact]
    public async Task The_bootloader_is_told_with_the_key_that_leaves_it()
    {
        _line.Bring("Gecko Bootloader v1.12.0\r\n"u8.ToArray(), piece: 5);
        await using AshLinkPump pump = Pump();
        Func<Task> connect = () => pump.ConnectAsync(CancellationToken.None);

        AdapterException told = (await connect.Should().ThrowAsync<AdapterException>()).Which;

        (told.Code, told.Fault, told.IsTransient).Should().Be(("ASH-013", AdapterFault.Bootloader, false));
        told.Message.Should().Contain("choose 2 (run)");
    }

    [Theory]
    [InlineData(0, 64)]
    [InlineData(30, 64)]
    [InlineData(30, 1)]
    public async Task What_came_while_the_host_was_held_up_is_not_late(int stallSeconds, int piece)
    {
        _line.Stall = TimeSpan.FromSeconds(stallSeconds);
        _line.Bring([.. AshWords.SoftwareReset, .. AshWords.Data(0, 0), .. AshWords.Data(1, 0)], piece);
        await using AshLinkPump pump = Pump();

        await pump.ConnectAsync(CancellationToken.None);
        ReadOnlyMemory<byte> first = await pump.ReceiveAsync(CancellationToken.None);
        ReadOnlyMemory<byte> second = await pump.ReceiveAsync(CancellationToken.None);

        (first.Span[0], second.Span[0]).Should().Be((0, 1));
        (pump.Link.Tries, pump.Link.Counters.Repeated, pump.Link.DamageCount).Should().Be((1, 0, 0));
    }

    [Fact]
    public async Task A_reboot_in_the_middle_ends_receiving_and_sending_with_its_code_after_what_came_before_it()
    {
        _line.Bring([.. AshWords.SoftwareReset, .. AshWords.Data(0, 0), .. AshWords.ResetAck(AshResetCode.Watchdog)], piece: 3);
        await using AshLinkPump pump = Pump();
        await pump.ConnectAsync(CancellationToken.None);

        ReadOnlyMemory<byte> before = await pump.ReceiveAsync(CancellationToken.None);
        Func<Task> receive = async () => await pump.ReceiveAsync(CancellationToken.None);
        Func<Task> send = async () => await pump.SendAsync(new byte[3], CancellationToken.None);

        before.Span[0].Should().Be(0);
        AdapterException told = (await receive.Should().ThrowAsync<AdapterException>()).Which;
        (told.Code, told.Fault, told.AdapterCode).Should().Be(("ASH-014", AdapterFault.Rebooted, (long)AshResetCode.Watchdog));
        (await send.Should().ThrowAsync<AdapterException>()).Which.Should().BeSameAs(told);
    }

    [Fact]
    public async Task A_lost_link_is_connected_again_and_goes_on_with_number_0()
    {
        _line.Bring([.. AshWords.SoftwareReset, .. AshWords.Error(AshResetCode.TooManyAckTimeouts)], piece: 64);
        await using AshLinkPump pump = Pump();
        Func<Task> connect = () => pump.ConnectAsync(CancellationToken.None);
        AdapterException told = (await connect.Should().ThrowAsync<AdapterException>()).Which;

        _line.Bring([.. AshWords.SoftwareReset, .. AshWords.Data(0, 0, mark: 0xBB)], piece: 64);
        await pump.ConnectAsync(CancellationToken.None);
        ReadOnlyMemory<byte> frame = await pump.ReceiveAsync(CancellationToken.None);

        told.Fault.Should().Be(AdapterFault.Stopped);
        told.Message.Should().Contain("held up");
        frame.ToArray().Should().Equal(0, 0xBB, 0xBB);
    }

    private AshLinkPump Pump() => new(_line, new AshHostLink(new AshHostSettings()), _line.Time);

    private List<string> AllFrames() => [.. _line.Written.SelectMany(octets => AshWords.Of(octets))];
}
