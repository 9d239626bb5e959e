using Grpc.Core;

namespace DeviceHarness.Rpc.Server;

/// <summary>The responses of a call.</summary>
internal sealed class ServerStreamWriter<TResponse>(
    ResponseGate gate, Action<TResponse, SerializationContext> serializer, HttpServerCallContext call) : IServerStreamWriter<TResponse>
    where TResponse : class
{
    private int _writing;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(TResponse message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(TResponse message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (Interlocked.Exchange(ref _writing, 1) != 0)
        {
            throw new InvalidOperationException("a write is pending: one write at a time");
        }

        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await gate.WriteMessageAsync(message, serializer, WriteOptions ?? call.WriteOptions, call.CallToken).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }
}
