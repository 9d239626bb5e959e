using System.Diagnostics.CodeAnalysis;
using DeviceHarness.Rpc.Wire;
using Grpc.Core;

namespace DeviceHarness.Rpc.Server;

/// <summary>The requests of a call.</summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "The semaphore has no wait handle, and what a handler left behind may still come to it.")]
internal sealed class ServerStreamReader<TRequest>(MessageReader<TRequest> reader, HttpServerCallContext call)
    : IAsyncStreamReader<TRequest>
    where TRequest : class
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private bool _closed;
    private bool _ended;

    public TRequest Current { get => field ?? throw new InvalidOperationException("there is no current message"); private set; }

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (!_reading.Wait(0, CancellationToken.None))
        {
            throw new InvalidOperationException("a read is pending: one reader at a time");
        }

        try
        {
            if (_closed)
            {
                throw new InvalidOperationException("the call has ended: its requests can no longer be read");
            }

            cancellationToken.ThrowIfCancellationRequested();
            call.CallToken.ThrowIfCancellationRequested();
            return !_ended && await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw PeerGone.Exception(exception, call.CallToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>After the handler: ends a read that it left behind.</summary>
    public async Task CloseAsync()
    {
        if (!_reading.Wait(0, CancellationToken.None))
        {
            await call.CancelPendingAsync().ConfigureAwait(false);
            await _reading.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _closed = true;
        _reading.Release();
    }

    /// <summary>After <see cref="CloseAsync"/>: drops what still comes until the client ends its requests or is gone.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task SkipRestAsync(CancellationToken cancellationToken)
    {
        try
        {
            await reader.SkipRestAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The client has reset the stream or is gone: it expects nothing more.
        }
        catch (OperationCanceledException)
        {
            // The same, or the wait was long enough.
        }
    }

    private async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        CancellationTokenSource? linked = cancellationToken.CanBeCanceled && cancellationToken != call.CallToken
            ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, call.CallToken)
            : null;
        try
        {
            bool isMessage = await reader.ReadAsync(linked?.Token ?? call.CallToken).ConfigureAwait(false);

            // A client that has seen the status of a call that was ended early closes its requests: that is no regular end of them, and
            // may come before this read has learnt of the cancellation.
            call.CallToken.ThrowIfCancellationRequested();
            if (isMessage)
            {
                Current = reader.Current;
                return true;
            }

            _ended = true;
            return false;
        }
        finally
        {
            linked?.Dispose();
        }
    }
}
