using System.Diagnostics;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Abstractions.Wire;

namespace DeviceHarness.Transports.Recording;

/// <summary>Writes everything that passes another transport into a log, from the harness's side of the line.</summary>
/// <remarks>A write is recorded before it is handed on, so that an answer never stands before its question; a write that fails is recorded
/// too, since part of it may have left. It takes the inner transport over and disposes of it.</remarks>
public sealed class RecordingTransport : IByteTransport
{
    private readonly IByteTransport _inner;
    private readonly WireLog _log;

    /// <summary>Creates the wrapper.</summary>
    /// <param name="inner">What carries the octets; disposed with this.</param>
    /// <param name="log">Where they are written.</param>
    public RecordingTransport(IByteTransport inner, WireLog log)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(log);
        _inner = inner;
        _log = log;
    }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public LineRate Rate => _inner.Rate;

    /// <inheritdoc/>
    public ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ValueTask<TransportRead> pending = _inner.ReadAsync(target, timeout, cancellationToken);
        if (!pending.IsCompletedSuccessfully)
        {
            return WaitAndRecordAsync(pending, target);
        }

        TransportRead read = pending.Result;
        Record(WireDirection.FromDevice, read.Timestamp, target.Span[..read.Count]);
        return new ValueTask<TransportRead>(read);
    }

    /// <inheritdoc/>
    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        Record(WireDirection.ToDevice, Stopwatch.GetTimestamp(), octets.Span);
        return _inner.WriteAsync(octets, cancellationToken);
    }

    /// <inheritdoc/>
    public void DiscardInput() => _inner.DiscardInput();

    /// <inheritdoc/>
    public bool TryChangeLine(LineSetting setting) => _inner.TryChangeLine(setting);

    /// <inheritdoc/>
    public ValueTask RestartAsync(CancellationToken cancellationToken) => _inner.RestartAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private async ValueTask<TransportRead> WaitAndRecordAsync(ValueTask<TransportRead> pending, Memory<byte> target)
    {
        TransportRead read = await pending.ConfigureAwait(false);
        Record(WireDirection.FromDevice, read.Timestamp, target.Span[..read.Count]);
        return read;
    }

    private void Record(WireDirection direction, long timestamp, ReadOnlySpan<byte> octets)
    {
        if (!octets.IsEmpty)
        {
            _log.Append(new WireRecord(_inner.Name, direction, timestamp, octets.ToArray()));
        }
    }
}
