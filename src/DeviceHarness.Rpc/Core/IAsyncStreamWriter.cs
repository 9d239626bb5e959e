namespace Grpc.Core;

/// <summary>Messages to send, one after the other. A second write while one is pending throws
/// <see cref="InvalidOperationException"/>.</summary>
/// <typeparam name="T">The message.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Options of the next writes; null means none.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Sends a message; completes when there is room for the next.</summary>
    Task WriteAsync(T message);

    /// <summary>Sends a message; completes when there is room for the next.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up; on a client this cancels the call.</param>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            throw new NotSupportedException($"{GetType()} has no cancellable write");
        }

        return WriteAsync(message);
    }
}
