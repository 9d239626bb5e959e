using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Transports.Tcp;
using DeviceHarness.Virtual.Control;

namespace DeviceHarness.Agent.Power;

/// <summary>Tells a virtual bench something: from another process each time by a connection of its own, or at once where the bench is in
/// this one. Safe for use from any thread.</summary>
/// <param name="folder">The bench's folder.</param>
/// <param name="here">What answers in this process; null for a bench in another.</param>
internal sealed class BenchControlClient(string folder, BenchControl? here = null)
{
    // Both ends are on this machine, and the other does no more than look.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Tells one line.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What follows the word that it was done.</returns>
    /// <exception cref="TransportException">BENCH-003: no bench is there, or it does not answer as it should.</exception>
    public async Task<string> AskAsync(string line, CancellationToken cancellationToken)
    {
        string? answer = here is null ? await AskOverTcpAsync(line, cancellationToken).ConfigureAwait(false) : here.Answer(line);
        string[] words = answer?.Split(' ', 2) ?? [];
        return words is [BenchControl.Done, ..]
            ? words.ElementAtOrDefault(1) ?? string.Empty
            : throw Fault(line, answer is null ? "no answer came" : $"the answer is '{answer}'", null);
    }

    private async Task<string?> AskOverTcpAsync(string line, CancellationToken cancellationToken)
    {
        IPEndPoint address = FindAddress(line);
        TcpClientSettings settings = new() { Host = address.Address.ToString(), Port = address.Port, Name = "control" };
        TcpClientTransport connection = await TcpClientTransport.ConnectAsync(settings, cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable closing = connection.ConfigureAwait(false);
        await connection.WriteAsync(Encoding.UTF8.GetBytes($"{line}\n"), cancellationToken).ConfigureAwait(false);
        return await ControlLine.ReadAsync(connection, BenchControl.MaximumAnswerOctets, Patience, cancellationToken)
            .ConfigureAwait(false);
    }

    private IPEndPoint FindAddress(string line)
    {
        try
        {
            string text = BenchOwner.IsAlive(folder) ? File.ReadAllText(BenchPaths.Control(folder)) : string.Empty;
            return IPEndPoint.TryParse(text, out IPEndPoint? address)
                ? address
                : throw Fault(line, "no virtual bench serves the rig; start 'harness bench up' with the same --data", null);
        }
        catch (IOException exception)
        {
            throw Fault(line, "the virtual bench takes no commands", exception);
        }
    }

    private TransportException Fault(string line, string what, Exception? exception) => new(
        "BENCH-003", string.Create(CultureInfo.InvariantCulture, $"'{line}' was told to the virtual bench: {what}"),
        BenchPaths.Control(folder), exception);
}
