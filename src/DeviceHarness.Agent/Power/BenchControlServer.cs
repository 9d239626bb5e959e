using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Transports.Tcp;
using DeviceHarness.Virtual.Control;

namespace DeviceHarness.Agent.Power;

/// <summary>Takes what a virtual bench is told at a loopback address, which a file beside the bench's links names. A connection says line
/// after line; what it drives it drives as long as it stands.</summary>
internal sealed class BenchControlServer : IDisposable
{
    /// <summary>The connections that are served at once; those of one more wait.</summary>
    private const int MaximumConnections = 32;

    private readonly TcpTransportListener _listener;
    private readonly BenchControl _control;
    private readonly string _path;

    /// <summary>Listens; whoever connects is answered once <see cref="RunAsync"/> is called.</summary>
    /// <param name="control">What answers.</param>
    /// <param name="path">The file for the address.</param>
    /// <param name="time">What measures time-outs.</param>
    /// <exception cref="TransportException">No port is to be had.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public BenchControlServer(BenchControl control, string path, TimeProvider time)
    {
        _control = control;
        _path = path;
        _listener = TcpTransportListener.OnLoopback("control", time);
        string next = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.new");
        File.WriteAllText(next, _listener.Endpoint.ToString());
        File.Move(next, path, overwrite: true);
    }

    /// <summary>Answers until it is told to stop.</summary>
    /// <param name="cancellationToken">Stops it; that is no error.</param>
    /// <exception cref="TransportException">No connection can be taken any more.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        List<Task> served = [];
        try
        {
            while (true)
            {
                IByteTransport connection = await _listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
                served.Add(AnswerAsync(connection, cancellationToken));
                served.RemoveAll(task => task.IsCompletedSuccessfully);
                if (served.Count == MaximumConnections)
                {
                    await (await Task.WhenAny(served).ConfigureAwait(false)).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The bench stops.
            await Task.WhenAll(served).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        File.Delete(_path);
    }

    private async Task AnswerAsync(IByteTransport connection, CancellationToken cancellationToken)
    {
        await using ConfiguredAsyncDisposable closing = connection.ConfigureAwait(false);
        using BenchControlConnection told = new(_control);
        try
        {
            string? line;
            do
            {
                line = await ControlLine
                    .ReadAsync(connection, BenchControl.MaximumLineOctets, Timeout.InfiniteTimeSpan, cancellationToken)
                    .ConfigureAwait(false);
                string answer = line is null ? $"{BenchControl.Refused} no line came" : told.Answer(line);
                await connection.WriteAsync(Encoding.UTF8.GetBytes($"{answer}\n"), cancellationToken).ConfigureAwait(false);
            }
            while (line is not null);
        }
        catch (Exception exception) when (exception is TransportException or OperationCanceledException)
        {
            // Whoever asked hung up, or the bench stops: what the connection drove is let go of.
            return;
        }
    }
}
