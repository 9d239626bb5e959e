using DeviceHarness.Rpc.Wire;
using Grpc.Core;

namespace DeviceHarness.Rpc.Client;

/// <summary>The requests of a call.</summary>
internal sealed class ClientStreamWriter<TRequest, TResponse>(
    ClientCall<TRequest, TResponse> call, RequestStreamContent content, Action<TRequest, SerializationContext> serializer, int? limitOctets)
    : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    private int _writing;
    private bool _completed;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        Enter();
        try
        {
            if (_completed)
            {
                throw new InvalidOperationException("the requests have been completed");
            }

            using CancellationTokenRegistration registration = call.CancelWith(cancellationToken);
            call.ThrowIfEnded();
            await SendAsync(message).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }

    public Task CompleteAsync()
    {
        Enter();
        try
        {
            _completed = true;
            content.Complete();
            return Task.CompletedTask;
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }

    private async Task SendAsync(TRequest message)
    {
        WriteOptions? options = WriteOptions ?? call.DefaultWriteOptions;
        FrameBuffer frame = FrameBuffer.Of(message, serializer, limitOctets, MessageCompressor.Unless(options, call.Compressor));
        bool flush = options is null || !options.Flags.HasFlag(WriteFlags.BufferHint);
        Exception failure;
        try
        {
            Stream stream = await content.StreamAsync.WaitAsync(call.Ended).ConfigureAwait(false);
            await stream.WriteAsync(frame.Frame, call.Ended).ConfigureAwait(false);
            if (flush)
            {
                await stream.FlushAsync(call.Ended).ConfigureAwait(false);
            }

            frame.Dispose();
            return;
        }
        catch (OperationCanceledException exception)
        {
            failure = exception;
        }
        catch (IOException exception)
        {
            failure = exception;
        }
        catch (HttpRequestException exception)
        {
            failure = exception;
        }
        catch (ObjectDisposedException exception)
        {
            failure = exception;
        }

        throw await call.WriteFailedAsync(failure).ConfigureAwait(false);
    }

    private void Enter()
    {
        if (Interlocked.Exchange(ref _writing, 1) != 0)
        {
            throw new InvalidOperationException("a write is pending: one write at a time");
        }
    }
}
