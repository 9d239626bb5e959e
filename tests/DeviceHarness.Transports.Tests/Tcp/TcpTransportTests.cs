using System.Net;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Tcp;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Tcp;

public sealed class TcpTransportTests : TransportContract
{
    [Fact]
    public async Task Nothing_that_listens_is_an_error_that_names_the_address()
    {
        IPEndPoint endpoint;
        using (TcpTransportListener listener = TcpTransportListener.OnLoopback("esme-01", TimeProvider.System))
        {
            endpoint = listener.Endpoint;
        }

        Func<Task> connect = () => TcpTransport.ConnectAsync(
            "esme-01", endpoint, Waits.Bound, TimeProvider.System, CancellationToken.None).AsTask().DefaultTimeout();

        TransportException error = (await connect.Should().ThrowAsync<TransportException>()).Which;
        error.Code.Should().Be("TRAN-001");
        error.Message.Should().Contain(endpoint.ToString());
    }

    [Fact]
    public async Task A_time_out_follows_the_clock_of_the_test()
    {
        ManualTimeProvider clock = new();
        using TcpTransportListener listener = TcpTransportListener.OnLoopback("esme-01", clock);
        await using TcpTransport near = await TcpTransport.ConnectAsync(
            "esme-01", listener.Endpoint, TimeSpan.FromHours(1), clock, CancellationToken.None);

        Task<Abstractions.Transports.TransportRead> read =
            near.ReadAsync(new byte[4], TimeSpan.FromHours(1), CancellationToken.None).AsTask();
        bool wasWaiting = !read.IsCompleted;
        clock.Advance(TimeSpan.FromHours(1));

        wasWaiting.Should().BeTrue();
        (await read.DefaultTimeout()).TimedOut.Should().BeTrue();
    }

    [Fact]
    public async Task A_listener_that_is_closed_takes_no_connection()
    {
        TcpTransportListener listener = TcpTransportListener.OnLoopback("esme-01", TimeProvider.System);

        Task<TcpTransport> accept = listener.AcceptAsync(CancellationToken.None).AsTask();
        listener.Dispose();
        Func<Task> wait = () => accept.DefaultTimeout();

        (await wait.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("TRAN-005");
    }

    protected override TransportEnds Open()
    {
        using TcpTransportListener listener = TcpTransportListener.OnLoopback("tcp", TimeProvider.System);
        Task<TcpTransport> accept = listener.AcceptAsync(CancellationToken.None).AsTask();
        TcpTransport near = TcpTransport.ConnectAsync(
            "tcp", listener.Endpoint, Waits.Bound, TimeProvider.System, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        TcpTransport far = accept.GetAwaiter().GetResult();
        return new TransportEnds(near, far, far.DisposeAsync);
    }
}
