using DeviceHarness.Abstractions.Errors;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Recording;
using DeviceHarness.Transports.Tcp;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Tcp;

public sealed class TcpClientTransportTests : TransportContract
{
    [Fact]
    public async Task A_restart_makes_a_new_connection_once_something_has_passed_the_old_one()
    {
        using TcpTransportListener listener = TcpTransportListener.OnLoopback("esme-01", TimeProvider.System);
        (TcpClientTransport near, TcpTransport first) = await ConnectAsync(listener);
        await using RecordingTransport recorded = new(near, new WireLog());
        await recorded.RestartAsync(CancellationToken.None).AsTask().DefaultTimeout();
        _ = await recorded.WriteAsync("01".Octets(), CancellationToken.None);
        _ = await ReadExactlyAsync(first, 1);
        _ = await first.WriteAsync("AA AA".Octets(), CancellationToken.None);

        Task<TcpTransport> accept = listener.AcceptAsync(CancellationToken.None).AsTask();
        await recorded.RestartAsync(CancellationToken.None).AsTask().DefaultTimeout();
        await using TcpTransport second = await accept.DefaultTimeout();
        _ = await second.WriteAsync("55".Octets(), CancellationToken.None);

        (await ReadExactlyAsync(recorded, 1)).ShouldBeHex("55", "what was sent on the old connection is gone");
        await first.DisposeAsync();
    }

    [Fact]
    public async Task A_host_that_is_gone_at_a_restart_is_an_error()
    {
        using TcpTransportListener listener = TcpTransportListener.OnLoopback("esme-01", TimeProvider.System);
        (TcpClientTransport near, TcpTransport far) = await ConnectAsync(listener);
        _ = await near.WriteAsync("01".Octets(), CancellationToken.None);
        listener.Dispose();

        Func<Task> restart = () => near.RestartAsync(CancellationToken.None).AsTask().DefaultTimeout();

        (await restart.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("TRAN-001");
        await near.DisposeAsync();
        await far.DisposeAsync();
    }

    [Fact]
    public async Task It_tells_whether_the_other_side_still_holds_the_connection_and_reads_nothing_for_it()
    {
        using TcpTransportListener listener = TcpTransportListener.OnLoopback("esme-01", TimeProvider.System);
        (TcpClientTransport near, TcpTransport far) = await ConnectAsync(listener);
        bool atFirst = near.IsAlive;
        _ = await far.WriteAsync("01".Octets(), CancellationToken.None);
        bool withOctets = near.IsAlive;
        _ = await ReadExactlyAsync(near, 1);
        await far.DisposeAsync();
        Func<Task> read = () => near.ReadAsync(new byte[1], Waits.Bound, CancellationToken.None).AsTask().DefaultTimeout();
        _ = await read.Should().ThrowAsync<TransportException>();

        atFirst.Should().BeTrue();
        withOctets.Should().BeTrue();
        near.IsAlive.Should().BeFalse();
        await near.DisposeAsync();
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_an_error_that_says_it()
    {
        Func<Task> connect = () => TcpClientTransport.ConnectAsync(
            new TcpClientSettings { Host = "no-such-host.invalid", Port = 4059, Name = "esme-01" }, CancellationToken.None)
            .DefaultTimeout();

        TransportException error = (await connect.Should().ThrowAsync<TransportException>()).Which;
        error.Code.Should().Be("TRAN-001");
        error.Message.Should().Contain("no-such-host.invalid");
    }

    [Fact]
    public async Task A_side_that_takes_nothing_ends_a_write_by_its_limit()
    {
        ManualTimeProvider clock = new();
        using TcpTransportListener listener = TcpTransportListener.OnLoopback("esme-01", TimeProvider.System);
        (TcpClientTransport near, TcpTransport far) = await ConnectAsync(listener, clock);

        Task write = near.WriteAsync(new byte[16 * 1024 * 1024], CancellationToken.None).AsTask();
        clock.Advance(TimeSpan.FromSeconds(10));
        Func<Task> wait = () => write.DefaultTimeout();

        (await wait.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("TRAN-006");
        await near.DisposeAsync();
        await far.DisposeAsync();
    }

    protected override TransportEnds Open()
    {
        using TcpTransportListener listener = TcpTransportListener.OnLoopback("tcp", TimeProvider.System);
        (TcpClientTransport near, TcpTransport far) = ConnectAsync(listener).GetAwaiter().GetResult();
        return new TransportEnds(near, far, far.DisposeAsync);
    }

    private static async Task<(TcpClientTransport Near, TcpTransport Far)> ConnectAsync(
        TcpTransportListener listener, TimeProvider? clock = null)
    {
        Task<TcpTransport> accept = listener.AcceptAsync(CancellationToken.None).AsTask();
        TcpClientSettings settings = new()
        {
            Host = "127.0.0.1",
            Port = listener.Endpoint.Port,
            Name = "esme-01",
            WriteStallLimit = clock is null ? Waits.Bound : TimeSpan.FromSeconds(10),
            TimeProvider = clock ?? TimeProvider.System,
        };
        return (await TcpClientTransport.ConnectAsync(settings, CancellationToken.None).DefaultTimeout(), await accept.DefaultTimeout());
    }
}
