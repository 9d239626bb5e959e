using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Transports.Tcp;
using DeviceHarness.Virtual.Control;

namespace DeviceHarness.Agent.Power;

/// <summary>Tells a virtual bench something: from another process by a connection, or at once where the bench is in this one. Safe for use
/// from any thread.</summary>
/// <remarks>What drives a coil is said over one connection that is kept: it ends with this process, however that ends, and the bench's
/// contacts close then. Everything else is said over a connection of its own.</remarks>
/// <param name="folder">The bench's folder.</param>
/// <param name="here">What answers in this process; null for a bench in another.</param>
internal sealed class BenchControlClient(string folder, BenchControl? here = null) : IAsyncDisposable
{
    // Both ends are on this machine, and the other does no more than look.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly BenchControlConnection? _hereDriving = here is null ? null : new BenchControlConnection(here);
    private TcpClientTransport? _driving;

    /// <summary>Tells one line.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What follows the word that it was done.</returns>
    /// <exception cref="TransportException">BENCH-003: no bench is there, or it does not answer as it should.</exception>
    public async Task<string> AskAsync(string line, CancellationToken cancellationToken)
    {
        if (here is not null)
        {
            return Checked(line, here.Answer(line));
        }

        TcpClientTransport connection = await ConnectAsync(line, cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable closing = connection.ConfigureAwait(false);
        return await AskAsync(connection, line, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells one line of something that lasts no longer than this process.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TransportException">BENCH-003: no bench is there, or it does not answer as it should; the connection is gone, and
    /// with it all that it drove.</exception>
    public async Task DriveAsync(string line, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_hereDriving is not null)
            {
                _ = Checked(line, _hereDriving.Answer(line));
                return;
            }

            if (_driving is { IsAlive: false })
            {
                // The bench of before is gone, and with it what it was told.
                await LetGoAsync().ConfigureAwait(false);
            }

            _driving ??= await ConnectAsync(line, cancellationToken).ConfigureAwait(false);
            _ = await AskAsync(_driving, line, cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException)
        {
            await LetGoAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Lets go of all that was driven.</summary>
    public async ValueTask DisposeAsync()
    {
        await LetGoAsync().ConfigureAwait(false);
        _hereDriving?.Dispose();
        _gate.Dispose();
    }

    private async Task<TcpClientTransport> ConnectAsync(string line, CancellationToken cancellationToken)
    {
        IPEndPoint address = FindAddress(line);
        TcpClientSettings settings = new() { Host = address.Address.ToString(), Port = address.Port, Name = "control" };
        return await TcpClientTransport.ConnectAsync(settings, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> AskAsync(TcpClientTransport connection, string line, CancellationToken cancellationToken)
    {
        await connection.WriteAsync(Encoding.UTF8.GetBytes($"{line}\n"), cancellationToken).ConfigureAwait(false);
        return Checked(line, await ControlLine
            .ReadAsync(connection, BenchControl.MaximumAnswerOctets, Patience, cancellationToken).ConfigureAwait(false));
    }

    private async ValueTask LetGoAsync()
    {
        if (_driving is { } connection)
        {
            _driving = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private string Checked(string line, string? answer)
    {
        string[] words = answer?.Split(' ', 2) ?? [];
        return words is [BenchControl.Done, ..]
            ? words.ElementAtOrDefault(1) ?? string.Empty
            : throw Fault(line, answer is null ? "no answer came" : $"the answer is '{answer}'", null);
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
