using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DeviceHarness.Rpc.Server;

/// <summary>Maps each method that a generated service base binds to an endpoint.</summary>
internal sealed class ServiceBinder<TService>(IEndpointRouteBuilder routes) : ServiceBinderBase
    where TService : class
{
    private readonly List<IEndpointConventionBuilder> _endpoints = [];

    private delegate Task<TResponse> UnaryMethod<TRequest, TResponse>(TService service, TRequest request, ServerCallContext call);

    private delegate Task<TResponse> ClientStreamingMethod<TRequest, TResponse>(
        TService service, IAsyncStreamReader<TRequest> requests, ServerCallContext call);

    private delegate Task ServerStreamingMethod<TRequest, TResponse>(
        TService service, TRequest request, IServerStreamWriter<TResponse> responses, ServerCallContext call);

    /// <summary>The endpoints mapped so far.</summary>
    public IReadOnlyList<IEndpointConventionBuilder> Endpoints => _endpoints;

    /// <summary>Maps all methods of the service.</summary>
    /// <exception cref="InvalidOperationException">The class does not derive from a generated service base.</exception>
    public void BindAll()
    {
        for (Type? type = typeof(TService); type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is not { } attribute)
            {
                continue;
            }

            MethodInfo bind = attribute.BindType.GetMethod(
                attribute.BindMethodName,
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic,
                [typeof(ServiceBinderBase), type])
                ?? throw new InvalidOperationException($"{attribute.BindType} has no method {attribute.BindMethodName} for {type}");
            bind.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [this, null], null);
            return;
        }

        throw new InvalidOperationException($"{typeof(TService)} does not derive from the base class of a gRPC service");
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        UnaryMethod<TRequest, TResponse> serve =
            Find<UnaryMethod<TRequest, TResponse>>(method, typeof(TRequest), typeof(ServerCallContext));
        Map(method, async (service, requests, responses, call) =>
        {
            TRequest request = await ReadSingleAsync(requests).ConfigureAwait(false);
            await WriteSingleAsync(await serve(service, request, call).ConfigureAwait(false), responses, call).ConfigureAwait(false);
        });
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        ClientStreamingMethod<TRequest, TResponse> serve = Find<ClientStreamingMethod<TRequest, TResponse>>(
            method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        Map(method, async (service, requests, responses, call) =>
            await WriteSingleAsync(await serve(service, requests, call).ConfigureAwait(false), responses, call).ConfigureAwait(false));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        ServerStreamingMethod<TRequest, TResponse> serve = Find<ServerStreamingMethod<TRequest, TResponse>>(
            method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        Map(method, async (service, requests, responses, call) =>
        {
            TRequest request = await ReadSingleAsync(requests).ConfigureAwait(false);
            await serve(service, request, responses, call).ConfigureAwait(false);
        });
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
        Map(method, Find<MethodInvoker<TService, TRequest, TResponse>>(
            method, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext)));

    private static TDelegate Find<TDelegate>(IMethod method, params Type[] parameters)
        where TDelegate : Delegate
    {
        MethodInfo found = typeof(TService).GetMethod(method.Name, BindingFlags.Instance | BindingFlags.Public, parameters)
            ?? throw new InvalidOperationException($"{typeof(TService)} has no method that serves {method.FullName}");
        return found.CreateDelegate<TDelegate>();
    }

    private static async Task<TRequest> ReadSingleAsync<TRequest>(IAsyncStreamReader<TRequest> requests)
    {
        if (!await requests.MoveNext(CancellationToken.None).ConfigureAwait(false))
        {
            throw new RpcException(new Status(StatusCode.Internal, "a request was expected and none came"));
        }

        TRequest request = requests.Current;
        if (await requests.MoveNext(CancellationToken.None).ConfigureAwait(false))
        {
            throw new RpcException(new Status(StatusCode.Internal, "one request was expected and more came"));
        }

        return request;
    }

    private static async Task WriteSingleAsync<TResponse>(
        TResponse? response, IServerStreamWriter<TResponse> responses, ServerCallContext call)
        where TResponse : class
    {
        if (call.Status.StatusCode != StatusCode.OK)
        {
            return;
        }

        if (response is null)
        {
            throw new RpcException(new Status(StatusCode.Internal, "the handler returned no response"));
        }

        // The status follows at once and takes the message with it: one flush for both.
        responses.WriteOptions = new WriteOptions(WriteFlags.BufferHint | (call.WriteOptions?.Flags ?? default));
        await responses.WriteAsync(response, CancellationToken.None).ConfigureAwait(false);
    }

    private void Map<TRequest, TResponse>(Method<TRequest, TResponse> method, MethodInvoker<TService, TRequest, TResponse> invoker)
        where TRequest : class
        where TResponse : class
    {
        CallPipeline<TService, TRequest, TResponse> pipeline = new(method, invoker);
        RequestDelegate serve = pipeline.InvokeAsync;
        _endpoints.Add(routes.MapPost(method.FullName, serve)
            .WithDisplayName($"gRPC - {method.FullName}")
            .WithMetadata(new GrpcMethodMetadata(typeof(TService), method)));
    }
}
