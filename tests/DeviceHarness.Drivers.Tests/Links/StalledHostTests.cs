using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Links.Hdlc;
using DeviceHarness.Drivers.Links.Wrapper;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Links;

/// <summary>A host that is held up longer than any time-out, again and again: what came meanwhile is neither late nor torn.</summary>
public sealed class StalledHostTests : IAsyncDisposable
{
    private static readonly byte[] Request = "C0 01 C1 00 01 00 00 2A 00 00 FF 02 00".Octets();
    private static readonly byte[] Answer = "C4 01 C1 00 06 00 00 13 91".Octets();

    private static readonly byte[] Notification = MeterFrames.Frame(
        0x13, [.. "E6 E7 00".Octets(), .. MeterFrames.Vector("event-notification-mx382")]);

    private readonly StallingLine _line = new();

    public ValueTask DisposeAsync() => _line.DisposeAsync();

    [Theory]
    [InlineData(1, 8)]
    [InlineData(30, 64)]
    public async Task An_answer_that_came_in_time_is_taken_at_the_first_attempt(int stallSeconds, int piece)
    {
        HdlcLinkPump pump = await ConnectAsync();
        _line.Stall = TimeSpan.FromSeconds(stallSeconds);
        _line.Bring(MeterFrames.Information(0, 1, Answer), piece);

        ReadOnlyMemory<byte> answer = await pump.ExchangeAsync(Request, CancellationToken.None);

        answer.Span.ShouldBeHex(Convert.ToHexString(Answer));
        (pump.Link.RetryCount, pump.Link.DamageCount).Should().Be((0, 0));
        _line.Written.Should().HaveCount(2, "SNRM and the request");
    }

    [Fact]
    public async Task A_notification_in_pieces_is_heard()
    {
        HdlcLinkPump pump = await ConnectAsync();
        _line.Bring(Notification, piece: 3);

        await pump.ListenAsync(TimeSpan.Zero, CancellationToken.None);

        pump.Notifications.Count.Should().Be(1);
        pump.Link.DamageCount.Should().Be(0);
    }

    [Fact]
    public async Task Half_a_frame_after_which_nothing_comes_is_given_up_and_the_next_one_is_heard()
    {
        HdlcLinkPump pump = await ConnectAsync();
        _line.Bring(Notification[..^6], piece: 64);
        await pump.ListenAsync(TimeSpan.Zero, CancellationToken.None);

        _line.Bring(Notification, piece: 64);
        await pump.ListenAsync(TimeSpan.Zero, CancellationToken.None);

        pump.Notifications.Count.Should().Be(1);
    }

    [Fact]
    public async Task A_wrapped_answer_that_lies_ready_is_taken_after_the_deadline_and_one_that_does_not_is_late()
    {
        WrapperLink link = new(_line, new WrapperClientSettings { ClientPort = 16, ServerPort = 1 }, _line.Time);
        await link.ConnectAsync(CancellationToken.None);
        _line.Stall = TimeSpan.FromMinutes(1);
        _line.Bring([.. "00 01 00 01 00 10 00 09".Octets(), .. Answer], piece: 64);

        ReadOnlyMemory<byte> answer = await link.ExchangeAsync(Request, CancellationToken.None);
        Func<Task> missing = async () => await link.ExchangeAsync(Request, CancellationToken.None);

        answer.Span.ShouldBeHex(Convert.ToHexString(Answer));
        (await missing.Should().ThrowAsync<LinkTimeoutException>()).Which.Code.Should().Be("WRAP-011");
    }

    private async Task<HdlcLinkPump> ConnectAsync()
    {
        HdlcLinkPump pump = new(_line, new HdlcClientLink(Settings()), _line.Time);
        _line.Bring(MeterFrames.Vector("ua-default-params"), piece: 64);
        await pump.ConnectAsync(CancellationToken.None);
        return pump;
    }

    private static HdlcClientSettings Settings() => new()
    {
        Client = HdlcAddress.Client(16),
        Server = HdlcAddress.Server(1),
    };
}
