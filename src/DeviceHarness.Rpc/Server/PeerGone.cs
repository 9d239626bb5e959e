using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace DeviceHarness.Rpc.Server;

/// <summary>What handlers see when their client is gone.</summary>
internal static class PeerGone
{
    /// <summary>A lost client as a cancellation; a body that the server found too large as its status.</summary>
    public static Exception Exception(IOException? cause, CancellationToken callToken) =>
        cause is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
            ? new RpcException(new Status(StatusCode.ResourceExhausted, "the request body is larger than the server takes", cause))
            : new OperationCanceledException("the client is gone", cause, callToken);
}
