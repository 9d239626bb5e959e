using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Drivers.Links;
using DeviceHarness.Drivers.Links.Wrapper;
using DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ezsp;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Tcp;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Links.Wrapper;

/// <summary>The wrapper's client against a server of octets, on real loopback sockets whose time-outs follow the test's clock.</summary>
public sealed class WrapperLinkTests : IAsyncLifetime
{
    private static readonly byte[] Request = "C0 01 C1 00 01 00 00 2A 00 00 FF 02 00".Octets();
    private static readonly byte[] Answer = "C4 01 C1 00 06 00 00 13 91".Octets();
    private static readonly byte[] Wrapped = [.. "00 01 00 01 00 10 00 09".Octets(), .. Answer];

    private readonly ManualTimeProvider _clock = new();
    private readonly TcpTransportListener _listener;
    private TcpClientTransport _near = null!;
    private IByteTransport _far = null!;
    private WrapperLink _link = null!;

    public WrapperLinkTests() => _listener = TcpTransportListener.OnLoopback("esme-01", TimeProvider.System);

    public async Task InitializeAsync()
    {
        Task<TcpTransport> accept = _listener.AcceptAsync(CancellationToken.None).AsTask();
        _near = await TcpClientTransport.ConnectAsync(
            new TcpClientSettings { Host = "127.0.0.1", Port = _listener.Endpoint.Port, Name = "esme-01", TimeProvider = _clock },
            CancellationToken.None).DefaultTimeout();
        _far = await accept.DefaultTimeout();
        _link = new WrapperLink(_near, new WrapperClientSettings { ClientPort = 16, ServerPort = 1 }, _clock);
        await _link.ConnectAsync(CancellationToken.None).DefaultTimeout();
    }

    public async Task DisposeAsync()
    {
        await _near.DisposeAsync();
        await _far.DisposeAsync();
        _listener.Dispose();
    }

    [Fact]
    public async Task A_request_goes_out_behind_its_header_and_the_answer_comes_without_it()
    {
        Task<byte[]> exchange = ExchangeAsync();

        byte[] sent = await ReadAsync(8 + Request.Length);
        await WriteAsync(Wrapped);

        sent.ShouldBeHex("00 01 00 10 00 01 00 0D" + Convert.ToHexString(Request));
        (await exchange.DefaultTimeout()).ShouldBeHex(Convert.ToHexString(Answer));
        _link.IsUp.Should().BeTrue();
        _link.AnswerCount.Should().Be(1);
    }

    [Fact]
    public async Task An_answer_may_come_octet_by_octet()
    {
        Task<byte[]> exchange = ExchangeAsync();
        _ = await ReadAsync(8 + Request.Length);

        foreach (byte octet in Wrapped)
        {
            await WriteAsync([octet]);
        }

        (await exchange.DefaultTimeout()).ShouldBeHex(Convert.ToHexString(Answer));
    }

    [Fact]
    public async Task What_is_for_other_ports_and_what_nobody_asked_for_is_passed_over()
    {
        Task<byte[]> exchange = ExchangeAsync();
        _ = await ReadAsync(8 + Request.Length);

        await WriteAsync("00 01 00 02 00 10 00 01 AA".Octets());
        await WriteAsync("00 01 00 01 00 11 00 01 BB".Octets());
        await WriteAsync("00 01 00 01 00 10 00 03 0F 00 00".Octets());
        await WriteAsync(Wrapped);

        (await exchange.DefaultTimeout()).ShouldBeHex(Convert.ToHexString(Answer));
        _link.IgnoredCount.Should().Be(3);
        _link.Notifications.TryTake(out LinkNotification told).Should().BeTrue();
        told.Apdu.Span.ShouldBeHex("0F 00 00");
        told.IsBeforeAnswer.Should().BeTrue();
    }

    [Fact]
    public async Task Between_requests_what_the_device_tells_is_taken_in_when_somebody_listens()
    {
        await WriteAsync("00 01 00 01 00 10 00 03 C2 00 00".Octets());

        while (_link.Notifications.Count == 0)
        {
            await _link.ListenAsync(Timeout.InfiniteTimeSpan, CancellationToken.None).AsTask().DefaultTimeout();
        }

        _link.IsUp.Should().BeTrue();
        _link.Notifications.TryTake(out LinkNotification told).Should().BeTrue();
        told.Apdu.Span.ShouldBeHex("C2 00 00");
        told.IsBeforeAnswer.Should().BeFalse();
    }

    [Fact]
    public async Task A_second_answer_to_one_request_is_not_taken_for_the_next_one_s()
    {
        byte[] other = "C4 01 C2 00 06 00 00 00 07".Octets();
        Task<byte[]> first = ExchangeAsync();
        _ = await ReadAsync(8 + Request.Length);
        await WriteAsync([.. Wrapped, .. Wrapped]);
        _ = await first.DefaultTimeout();

        Task<byte[]> second = ExchangeAsync();
        _ = await ReadAsync(8 + Request.Length);
        await WriteAsync([.. "00 01 00 01 00 10 00 09".Octets(), .. other]);

        (await second.DefaultTimeout()).ShouldBeHex(Convert.ToHexString(other));
    }

    [Fact]
    public async Task What_asks_for_no_answer_leaves_the_link_up_and_what_follows_an_answer_is_taken_in_its_order()
    {
        byte[] other = "C4 01 C2 00 06 00 00 00 07".Octets();
        (await _link.SendAsync(Request, CancellationToken.None).AsTask().DefaultTimeout()).IsEmpty.Should().BeTrue();
        _ = await ReadAsync(8 + Request.Length);
        _link.IsUp.Should().BeTrue();

        Task<byte[]> first = ExchangeAsync();
        _ = await ReadAsync(8 + Request.Length);
        await WriteAsync([.. Wrapped, .. "00 01 00 01 00 10 00 09".Octets(), .. other]);
        (await first.DefaultTimeout()).ShouldBeHex(Convert.ToHexString(Answer));
        byte[] second = (await _link.ReceiveAsync(CancellationToken.None).AsTask().DefaultTimeout()).ToArray();

        second.ShouldBeHex(Convert.ToHexString(other));
        _link.AnswerCount.Should().Be(2);
    }

    [Fact]
    public async Task Nothing_that_follows_leaves_the_link_up_and_is_told_as_nothing()
    {
        Task<ReadOnlyMemory<byte>> receive = _link.ReceiveAsync(CancellationToken.None).AsTask();
        await NcpClock.PassAsync(_clock, receive).DefaultTimeout();

        (await receive.DefaultTimeout()).IsEmpty.Should().BeTrue();
        _link.IsUp.Should().BeTrue();
    }

    [Fact]
    public async Task Another_version_is_a_breach_of_the_protocol_and_the_link_is_down()
    {
        Task<byte[]> exchange = ExchangeAsync();
        _ = await ReadAsync(8 + Request.Length);

        await WriteAsync(MeterFrames.Vector("wrapper-bad-version"));
        Func<Task> wait = () => exchange.DefaultTimeout();

        RemoteProtocolException error = (await wait.Should().ThrowAsync<RemoteProtocolException>()).Which;
        error.Code.Should().Be("WRAP-013");
        error.Fault.Actual.Should().Be(2);
        error.Octets.Span[..2].ShouldBeHex("00 02");
        _link.IsUp.Should().BeFalse();
    }

    [Fact]
    public async Task A_length_that_promises_more_than_comes_ends_by_the_time_out()
    {
        Task<byte[]> exchange = ExchangeAsync();
        _ = await ReadAsync(8 + Request.Length);

        await WriteAsync([.. "00 01 00 01 00 10 00 0A".Octets(), .. Answer]);
        await NcpClock.PassAsync(_clock, exchange).DefaultTimeout();
        Func<Task> wait = () => exchange.DefaultTimeout();

        (await wait.Should().ThrowAsync<LinkTimeoutException>()).Which.Code.Should().Be("WRAP-011");
    }

    [Fact]
    public async Task The_other_side_closing_in_mid_answer_is_a_broken_port()
    {
        Task<byte[]> exchange = ExchangeAsync();
        _ = await ReadAsync(8 + Request.Length);

        await WriteAsync(Wrapped[..10]);
        await _far.DisposeAsync();
        Func<Task> wait = () => exchange.DefaultTimeout();

        (await wait.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("TRAN-004");
    }

    [Fact]
    public async Task After_a_time_out_a_new_connection_is_made_so_that_the_late_answer_answers_nothing()
    {
        Task<byte[]> silent = ExchangeAsync();
        _ = await ReadAsync(8 + Request.Length);
        await NcpClock.PassAsync(_clock, silent).DefaultTimeout();
        Func<Task> wait = () => silent.DefaultTimeout();
        _ = await wait.Should().ThrowAsync<LinkTimeoutException>();
        Func<Task> early = () => ExchangeAsync();
        (await early.Should().ThrowAsync<LocalProtocolException>()).Which.Code.Should().Be("WRAP-001");

        Task<TcpTransport> accept = _listener.AcceptAsync(CancellationToken.None).AsTask();
        await _link.ConnectAsync(CancellationToken.None).DefaultTimeout();
        IByteTransport old = _far;
        _far = await accept.DefaultTimeout();
        await old.DisposeAsync();
        Task<byte[]> next = ExchangeAsync();
        byte[] sent = await ReadAsync(8 + Request.Length);
        await WriteAsync(Wrapped);

        sent[8..].ShouldBeHex(Convert.ToHexString(Request));
        (await next.DefaultTimeout()).ShouldBeHex(Convert.ToHexString(Answer));
    }

    [Fact]
    public async Task An_APDU_that_no_wrapper_holds_is_refused_before_anything_is_sent()
    {
        Func<Task> send = () => _link.ExchangeAsync(new byte[65_536], CancellationToken.None).AsTask();

        (await send.Should().ThrowAsync<LocalProtocolException>()).Which.Code.Should().Be("WRAP-002");
    }

    private async Task<byte[]> ExchangeAsync() => (await _link.ExchangeAsync(Request, CancellationToken.None)).ToArray();

    private Task WriteAsync(byte[] octets) => _far.WriteAsync(octets, CancellationToken.None).AsTask().DefaultTimeout();

    private async Task<byte[]> ReadAsync(int count)
    {
        byte[] octets = new byte[count];
        for (int have = 0; have < count;)
        {
            have += (await _far.ReadAsync(octets.AsMemory(have), Timeout.InfiniteTimeSpan, CancellationToken.None)
                .AsTask().DefaultTimeout()).Count;
        }

        return octets;
    }
}
