using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DeviceHarness.Agent.Tests.Power;

/// <summary>A power strip of one outlet, as those of the trade that take <c>/relay?turn=on</c>.</summary>
internal sealed class VirtualStrip : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public VirtualStrip()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _running = Task.Run(RunAsync);
    }

    public Uri Address { get; }

    public bool IsOn { get; private set; } = true;

    public bool IsStuck { get; set; }

    public List<string> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _listener.Stop();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                using StreamReader reader = new(client.GetStream(), Encoding.ASCII);
                string request = await reader.ReadLineAsync(_stop.Token).ConfigureAwait(false) ?? string.Empty;
                while (await reader.ReadLineAsync(_stop.Token).ConfigureAwait(false) is { Length: > 0 })
                {
                }

                byte[] answer = Encoding.ASCII.GetBytes(Answer(request[..request.LastIndexOf(' ')]));
                await client.GetStream().WriteAsync(answer, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The strip was unplugged.
            return;
        }
    }

    private string Answer(string request)
    {
        Requests.Add(request);
        string path = request.Split(' ')[1];
        if (!path.StartsWith("/relay", StringComparison.Ordinal))
        {
            return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        }

        if (path.Contains("turn=", StringComparison.Ordinal) && !IsStuck)
        {
            IsOn = path.EndsWith("on", StringComparison.Ordinal);
        }

        string body = $"{{\"ison\":{(IsOn ? "true" : "false")}}}";
        return $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";
    }
}
