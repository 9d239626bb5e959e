using System.Net.Sockets;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Tcp;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests;

/// <summary>A device that takes TCP connections, spoken to by hand.</summary>
public sealed class VirtualBenchConnectionTests : IDisposable
{
    private const string ReadSerialNumber = "C001C100010000600100FF0200";

    private readonly TcpTransportListener _listener = TcpTransportListener.OnLoopback("esme-01", TimeProvider.System);
    private readonly CancellationTokenSource _stop = new();
    private readonly VirtualBench _bench;

    public VirtualBenchConnectionTests()
    {
        VirtualBenchDevice device = new("esme-01", EsmeFixture.DefaultModel("esme-tcp.yaml"))
        {
            AcceptAsync = async token => new VirtualLine(await _listener.AcceptAsync(token)) { IsConnection = true },
        };
        _bench = new VirtualBench([device], TimeProvider.System, (_, error) => throw error);
    }

    [Fact]
    public async Task A_session_runs_over_tcp_and_another_client_may_follow()
    {
        Task run = _bench.RunAsync(_stop.Token);
        using TcpClient first = await ConnectAsync();
        string associated = await SendAsync(first, 1, EsmeFixture.AarqLls);
        string serial = await SendAsync(first, 1, ReadSerialNumber);
        first.Close();

        using TcpClient second = await ConnectAsync();
        string withoutAssociation = await SendAsync(second, 1, ReadSerialNumber);

        associated.Should().StartWith("6129");
        serial.Should().Be("C401C100090A" + "32364530303030303034");
        withoutAssociation.Should().Be("D80101", "the association went with the connection");
        await _stop.CancelAsync();
        await run.DefaultTimeout();
    }

    [Fact]
    public async Task Power_that_fails_closes_the_connection_and_the_meter_comes_back()
    {
        Task run = _bench.RunAsync(_stop.Token);
        using TcpClient client = await ConnectAsync();
        await SendAsync(client, 1, EsmeFixture.AarqLls);

        _bench.Esmes["esme-01"].PowerOff();
        await client.GetStream().WriteAsync(Message(1, ReadSerialNumber));
        int end = await ReadEndAsync(client);
        _bench.Esmes["esme-01"].PowerOn();
        using TcpClient again = await ConnectAsync();

        end.Should().Be(0, "the connection is closed");
        (await SendAsync(again, 1, EsmeFixture.AarqLls)).Should().StartWith("6129");
        await _stop.CancelAsync();
        await run.DefaultTimeout();
    }

    [Fact]
    public async Task What_is_no_wrapper_closes_the_connection()
    {
        Task run = _bench.RunAsync(_stop.Token);
        using TcpClient client = await ConnectAsync();

        await client.GetStream().WriteAsync(ClientFrames.Snrm());
        int end = await ReadEndAsync(client);

        end.Should().Be(0);
        await _stop.CancelAsync();
        await run.DefaultTimeout();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _stop.Dispose();
    }

    /// <summary>Octets read; 0 for a connection that is closed, also with octets that the meter did not read: the system resets it
    /// then.</summary>
    private static async Task<int> ReadEndAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[16]).AsTask().DefaultTimeout();
        }
        catch (IOException closed) when (closed.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return 0;
        }
    }

    private static byte[] Message(int client, string apdu) =>
        Convert.FromHexString($"0001{client:X4}0001{apdu.Length / 2:X4}{apdu}");

    private static async Task<string> SendAsync(TcpClient connection, int client, string apdu)
    {
        NetworkStream stream = connection.GetStream();
        await stream.WriteAsync(Message(client, apdu));
        byte[] head = new byte[8];
        await stream.ReadExactlyAsync(head).AsTask().DefaultTimeout();
        byte[] answer = new byte[(head[6] << 8) | head[7]];
        await stream.ReadExactlyAsync(answer).AsTask().DefaultTimeout();
        Convert.ToHexString(head)[..12].Should().Be($"00010001{client:X4}");
        return Convert.ToHexString(answer);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        TcpClient client = new();
        await client.ConnectAsync(_listener.Endpoint).DefaultTimeout();
        return client;
    }
}
