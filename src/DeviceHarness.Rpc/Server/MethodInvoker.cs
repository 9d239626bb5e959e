using Grpc.Core;

namespace DeviceHarness.Rpc.Server;

/// <summary>Serves a method of any type through the streams of both sides.</summary>
internal delegate Task MethodInvoker<in TService, TRequest, TResponse>(
    TService service, IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses, ServerCallContext call);
