using DeviceHarness.Orchestrator.Cycles;

namespace DeviceHarness.Orchestrator.Services;

/// <summary>Sends what is written to it in pieces of <see cref="CycleLimits.PieceOctets"/>, the last one shorter.</summary>
/// <remarks>It holds one piece and no more; the last goes out with <see cref="CompleteAsync"/>, not when it is disposed of.</remarks>
internal sealed class PieceStream(Func<ReadOnlyMemory<byte>, Task> send) : Stream
{
    private readonly byte[] _piece = new byte[CycleLimits.PieceOctets];
    private int _length;
    private bool _isSent;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            int taken = Math.Min(buffer.Length, _piece.Length - _length);
            buffer[..taken].CopyTo(_piece.AsMemory(_length));
            _length += taken;
            buffer = buffer[taken..];
            if (_length == _piece.Length)
            {
                await SendAsync().ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Sends what is left; an empty piece when nothing was written at all.</summary>
    public Task CompleteAsync() => _length > 0 || !_isSent ? SendAsync() : Task.CompletedTask;

    /// <inheritdoc/>
    public override void Flush()
    {
        // A piece goes out when it is full or complete, so there is nothing to hurry.
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("pieces are sent asynchronously");

    private async Task SendAsync()
    {
        _isSent = true;
        // The receiver may hold on to the piece, so it is given its own copy.
        byte[] copy = _piece.AsSpan(0, _length).ToArray();
        _length = 0;
        await send(copy).ConfigureAwait(false);
    }
}
