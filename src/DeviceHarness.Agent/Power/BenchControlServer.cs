using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Transports.Tcp;
using DeviceHarness.Virtual.Control;

namespace DeviceHarness.Agent.Power;

/// <summary>Takes what a virtual bench is told at a loopback address, which a file beside the bench's links names: one line, one
/// connection.</summary>
internal sealed class BenchControlServer : IDisposable
{
    // Who connects and says nothing keeps the others waiting no longer than this.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

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
        try
        {
            while (true)
            {
                IByteTransport connection = await _listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
                await AnswerAsync(connection, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The bench stops.
            return;
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
        try
        {
            string? line = await ControlLine.ReadAsync(connection, BenchControl.MaximumLineOctets, Patience, cancellationToken)
                .ConfigureAwait(false);
            string answer = line is null ? $"{BenchControl.Refused} no line came" : _control.Answer(line);
            await connection.WriteAsync(Encoding.UTF8.GetBytes($"{answer}\n"), cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException)
        {
            // Whoever asked hung up: the next may ask.
            return;
        }
    }
}
