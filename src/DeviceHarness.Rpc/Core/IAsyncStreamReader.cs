namespace Grpc.Core;

/// <summary>Received messages, one after the other. One reader at a time.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that the last <see cref="MoveNext"/> brought.</summary>
    T Current { get; }

    /// <summary>Waits for the next message.</summary>
    /// <param name="cancellationToken">Gives up waiting; on a client this cancels the call.</param>
    /// <returns>False at the end of a stream that ended well.</returns>
    /// <exception cref="RpcException">On a client: the call failed.</exception>
    /// <exception cref="OperationCanceledException">On a server: the call was cancelled or its client is gone.</exception>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}
