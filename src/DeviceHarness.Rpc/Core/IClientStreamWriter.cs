namespace Grpc.Core;

/// <summary>Requests to send.</summary>
/// <typeparam name="T">The request.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Ends the requests; the server sees the end of its stream.</summary>
    Task CompleteAsync();
}
