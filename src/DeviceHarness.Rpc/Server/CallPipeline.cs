using DeviceHarness.Rpc.Hosting;
using DeviceHarness.Rpc.Wire;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeviceHarness.Rpc.Server;

/// <summary>Takes a request of one method from HTTP to its handler and the handler's end back to HTTP.</summary>
/// <param name="method">The method.</param>
/// <param name="invoker">What serves it.</param>
internal sealed class CallPipeline<TService, TRequest, TResponse>(
    Method<TRequest, TResponse> method, MethodInvoker<TService, TRequest, TResponse> invoker)
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly ServiceActivator<TService> _activator = new();

    /// <summary>Serves one request.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        if (!RequestGuard.Accept(http))
        {
            return;
        }

        IServiceProvider services = http.RequestServices;
        GrpcServiceOptions options = services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value;
        ILogger logger = services.GetRequiredService<ILogger<TService>>();
        TimeProvider timeProvider = services.GetService<TimeProvider>() ?? TimeProvider.System;
        ResponseGate gate = new(http, options, timeProvider);
        using CallLifetime lifetime = new(gate, logger, method.FullName, http.RequestAborted);
        HttpServerCallContext call = CreateCall(http, gate, lifetime, timeProvider);
        ServerStreamReader<TRequest> requests = CreateReader(http, options, call);
        if (method.Type == MethodType.Unary)
        {
            await ServeAsync(requests, gate, call, lifetime, options, logger).ConfigureAwait(false);
            return;
        }

        LiveCalls live = services.GetRequiredService<LiveCalls>();
        http.Features.Set<IStoppableCall>(lifetime);
        live.Enter(lifetime);
        try
        {
            await ServeAsync(requests, gate, call, lifetime, options, logger).ConfigureAwait(false);
            if (live.IsStopping)
            {
                // The connection closes next, and a client whose requests are still open would lose the status by that. It closes them
                // when it has seen it.
                await requests.SkipRestAsync(live.Abandoned).ConfigureAwait(false);
            }
        }
        finally
        {
            live.Leave(lifetime);
        }
    }

    private async Task ServeAsync(
        ServerStreamReader<TRequest> requests,
        ResponseGate gate,
        HttpServerCallContext call,
        CallLifetime lifetime,
        GrpcServiceOptions options,
        ILogger logger)
    {
        Status status = lifetime.EarlyStatus ?? await HandleAsync(requests, gate, call, options, logger).ConfigureAwait(false);

        // The context must stay valid for what still touches it: an early end under way, a read that the handler left behind.
        await lifetime.CloseAsync().ConfigureAwait(false);
        await requests.CloseAsync().ConfigureAwait(false);
        await gate.CompleteAsync(lifetime.EarlyStatus ?? status, call.TrailersOrEmpty).ConfigureAwait(false);
    }

    private HttpServerCallContext CreateCall(HttpContext http, ResponseGate gate, CallLifetime lifetime, TimeProvider timeProvider)
    {
        DateTime deadline = DateTime.MaxValue;
        if (TimeoutText.TryDecode(http.Request.Headers[WireNames.Timeout], out TimeSpan timeout))
        {
            DateTime now = timeProvider.GetUtcNow().UtcDateTime;
            deadline = DateTime.MaxValue - now > timeout ? now + timeout : DateTime.MaxValue;
            lifetime.StartDeadline(timeProvider, timeout);
        }

        return new HttpServerCallContext(http, method.FullName, gate, lifetime, deadline);
    }

    private ServerStreamReader<TRequest> CreateReader(HttpContext http, GrpcServiceOptions options, HttpServerCallContext call) => new(
        new MessageReader<TRequest>(
            http.Request.BodyReader,
            method.RequestMarshaller.ContextualDeserializer,
            options.MaxReceiveMessageSize,
            http.Request.Headers[WireNames.Encoding],
            options.CompressionProviders),
        call);

    private async Task<Status> HandleAsync(
        ServerStreamReader<TRequest> requests, ResponseGate gate, HttpServerCallContext call, GrpcServiceOptions options, ILogger logger)
    {
        try
        {
            ServerStreamWriter<TResponse> responses = new(gate, method.ResponseMarshaller.ContextualSerializer, call);
            ActivatedService<TService> service = _activator.Create(call.Http.RequestServices);
            try
            {
                await invoker(service.Instance, requests, responses, call).ConfigureAwait(false);
            }
            finally
            {
                await service.DisposeAsync().ConfigureAwait(false);
            }

            return call.Status;
        }
        catch (RpcException exception)
        {
            RpcLog.CallRefused(logger, method.FullName, exception.StatusCode, exception.Status.Detail);
            foreach (Metadata.Entry entry in ReferenceEquals(exception.Trailers, call.ResponseTrailers) ? [] : exception.Trailers)
            {
                call.ResponseTrailers.Add(entry);
            }

            return exception.Status;
        }
        catch (OperationCanceledException) when (call.CallToken.IsCancellationRequested)
        {
            RpcLog.CallCancelled(logger, method.FullName);
            return new Status(StatusCode.Cancelled, "the call was cancelled");
        }
        catch (Exception exception)
        {
            // The edge of the application's code: whatever it throws ends this call and no other.
            RpcLog.HandlerFailed(logger, exception, method.FullName);
            return new Status(
                StatusCode.Unknown,
                options.EnableDetailedErrors == true
                    ? $"the handler threw {exception.GetType().Name}: {exception.Message}"
                    : "the handler threw an exception");
        }
    }
}
