using Grpc.Core;

namespace DeviceHarness.Rpc.Hosting;

/// <summary>What a streaming call says to its client when the server stops.</summary>
public static class StoppingExtensions
{
    /// <summary>Sets the status that the call is ended with when the server stops; without it UNAVAILABLE and "the server is
    /// stopping". The token of the call fires then, and what the handler returns or throws counts no more. Unary calls are not ended by
    /// a stop: for them, and without this project's own server, it does nothing.</summary>
    /// <param name="context">The call.</param>
    /// <param name="status">The status.</param>
    public static void EndWhenStopping(this ServerCallContext context, Status status)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.GetHttpContext().Features.Get<IStoppableCall>()?.EndWhenStopping(status);
    }
}
