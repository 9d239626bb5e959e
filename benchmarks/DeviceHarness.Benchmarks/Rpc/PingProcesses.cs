using System.Diagnostics;
using System.Globalization;

namespace DeviceHarness.Benchmarks.Rpc;

/// <summary>A server and a client of one implementation, each a process of its own, on loopback.</summary>
internal sealed class PingProcesses : IAsyncDisposable
{
    private readonly Process _server;
    private readonly Process _client;

    private PingProcesses(Process server, Process client)
    {
        _server = server;
        _client = client;
    }

    /// <summary>Starts both ends.</summary>
    /// <param name="program">What is started.</param>
    /// <param name="arguments">What stands before <c>server</c> or <c>client ADDRESS</c> on its line.</param>
    /// <param name="folder">The folder that it is started in.</param>
    /// <param name="cancellationToken">Ends the wait; what was started is ended too.</param>
    public static async Task<PingProcesses> StartAsync(
        string program, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        Process server = Start(program, [.. arguments, PingPeer.Server], folder);
        try
        {
            string port = (await ReadLineAsync(server, cancellationToken)).Split(' ')[1];
            return new PingProcesses(server, Start(program, [.. arguments, PingPeer.Client, $"127.0.0.1:{port}"], folder));
        }
        catch
        {
            await EndAsync(server);
            throw;
        }
    }

    /// <summary>Makes unary calls.</summary>
    /// <param name="calls">How many.</param>
    /// <param name="inFlight">How many at once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Calls a second, by the client's own clock.</returns>
    public async Task<double> MeasureAsync(int calls, int inFlight, CancellationToken cancellationToken)
    {
        await _client.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{calls} {inFlight}"));
        await _client.StandardInput.FlushAsync(cancellationToken);
        double microseconds = double.Parse(await ReadLineAsync(_client, cancellationToken), CultureInfo.InvariantCulture);
        return calls / microseconds * 1_000_000;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndAsync(_client);
        await EndAsync(_server);
    }

    private static Process Start(string program, string[] arguments, string folder) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    private static async Task<string> ReadLineAsync(Process process, CancellationToken cancellationToken) =>
        await process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException($"{process.StartInfo.FileName} has ended; its standard error says why");

    private static async Task EndAsync(Process process)
    {
        // Both ends end with their standard input.
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
