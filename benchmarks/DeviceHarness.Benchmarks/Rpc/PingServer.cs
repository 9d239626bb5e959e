using Grpc.Core;

namespace DeviceHarness.Benchmarks.Rpc;

/// <summary>Sends back what comes.</summary>
internal sealed class PingServer : PingService.PingServiceBase
{
    /// <inheritdoc/>
    public override Task<Ping> Unary(Ping request, ServerCallContext context) => Task.FromResult(request);

    /// <inheritdoc/>
    public override async Task Chat(
        IAsyncStreamReader<Ping> requestStream, IServerStreamWriter<Ping> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            await responseStream.WriteAsync(requestStream.Current, context.CancellationToken);
        }
    }
}
