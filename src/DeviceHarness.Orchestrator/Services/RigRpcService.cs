using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Rpc.Hosting;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Services;

/// <summary>The stream of a rig. Each connection is one <see cref="RigSession"/> at the rig's desk.</summary>
internal sealed class RigRpcService(RigRegistry rigs, RigDeskServices services, IHostApplicationLifetime lifetime)
    : V1.RigService.RigServiceBase
{
    // A peer that does not read holds the last write back; after this time the stream is reset. It is a transport's wait, hence on the
    // real clock.
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override async Task Connect(
        IAsyncStreamReader<V1.RigMessage> requestStream,
        IServerStreamWriter<V1.OrchestratorMessage> responseStream,
        ServerCallContext context)
    {
        context.EndWhenStopping(Stopping);
        V1.Hello hello = await ReadHelloAsync(requestStream, context.CancellationToken).ConfigureAwait(false);
        RigHello read = ContractMapping.ToHello(hello, services.Now);
        RigSession session = new(hello.Rig, hello.BootId, context.Peer) { Parallel = Math.Max(1, hello.Parallel) };
        RigDesk desk = rigs.Open(hello.Rig);
        OrchestratorLog.RigConnected(
            services.Logger, hello.Rig, context.Peer, hello.AgentVersion, hello.Host, hello.BootId, hello.Devices.Count, hello.Held.Count);
        using CancellationTokenRegistration stopping = lifetime.ApplicationStopping.Register(() => session.Close(Stopping));
        using CancellationTokenRegistration gone = context.CancellationToken.Register(() => session.Close(Gone));
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        Task sending = SendAsync(session, responseStream, context.CancellationToken);
        Task<Status> receiving = ReceiveAsync(desk, session, read, requestStream, ending.Token);
        Status status = await (await Task.WhenAny(receiving, session.Closed).ConfigureAwait(false)).ConfigureAwait(false);
        session.Close(status);
        await ending.CancelAsync().ConfigureAwait(false);
        await receiving.ConfigureAwait(false);
        await desk.DetachAsync(session, CancellationToken.None).ConfigureAwait(false);
        OrchestratorLog.RigDisconnected(
            services.Logger, hello.Rig, context.Peer, status.StatusCode == StatusCode.OK ? "the agent ended the stream" : status.Detail);
        await DrainAsync(sending, context).ConfigureAwait(false);
        if (status.StatusCode != StatusCode.OK)
        {
            throw new RpcException(status);
        }
    }

    private static Status Stopping => new(StatusCode.Unavailable, "the orchestrator is stopping; reconnect when it is back");

    private static Status Gone => new(StatusCode.Cancelled, "the connection was lost");

    private static async Task SendAsync(
        RigSession session, IServerStreamWriter<V1.OrchestratorMessage> responseStream, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (V1.OrchestratorMessage message in session.Outgoing.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await responseStream.WriteAsync(message, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            session.Close(Gone);
        }
    }

    private static async Task DrainAsync(Task sending, ServerCallContext context)
    {
        try
        {
            await sending.WaitAsync(FlushTime, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            context.GetHttpContext().Abort();
            await sending.ConfigureAwait(false);
        }
    }

    private async Task<V1.Hello> ReadHelloAsync(IAsyncStreamReader<V1.RigMessage> requestStream, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(services.Options.HelloTimeout, services.Options.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(
            late.Token, lifetime.ApplicationStopping, cancellationToken);
        try
        {
            return await requestStream.MoveNext(either.Token).ConfigureAwait(false)
                && requestStream.Current.BodyCase == V1.RigMessage.BodyOneofCase.Hello
                    ? requestStream.Current.Hello
                    : throw new RpcException(new Status(StatusCode.InvalidArgument, "the first message of a rig must be its hello"));
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new RpcException(Stopping);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new RpcException(new Status(
                StatusCode.DeadlineExceeded, $"no hello in {services.Options.HelloTimeout}; a rig says who it is when it connects"));
        }
    }

    private async Task<Status> ReceiveAsync(
        RigDesk desk,
        RigSession session,
        RigHello hello,
        IAsyncStreamReader<V1.RigMessage> requestStream,
        CancellationToken cancellationToken)
    {
        try
        {
            // What came is worked through even when the rig is cut off meanwhile: only the end of the orchestrator stops it.
            await desk.AttachAsync(session, hello, lifetime.ApplicationStopping).ConfigureAwait(false);
            while (await requestStream.MoveNext(cancellationToken).ConfigureAwait(false))
            {
                desk.Presence.Heard();
                await TakeAsync(desk, session, requestStream.Current).ConfigureAwait(false);
            }

            return Status.DefaultSuccess;
        }
        catch (OperationCanceledException)
        {
            return lifetime.ApplicationStopping.IsCancellationRequested ? Stopping : Gone;
        }
        catch (RpcException exception)
        {
            return exception.Status;
        }
        catch (HarnessException exception)
        {
            OrchestratorLog.RigFailed(services.Logger, session.Rig, exception.Code, exception);
            return new Status(StatusCode.Unavailable, $"{exception.Code}: {exception.Message}");
        }
    }

    private async Task TakeAsync(RigDesk desk, RigSession session, V1.RigMessage message)
    {
        switch (message.BodyCase)
        {
            case V1.RigMessage.BodyOneofCase.Events:
                await desk.AppendAsync(session, message.Events, lifetime.ApplicationStopping).ConfigureAwait(false);
                break;
            case V1.RigMessage.BodyOneofCase.LeaseDeclined:
                await desk.DeclineAsync(message.LeaseDeclined, lifetime.ApplicationStopping).ConfigureAwait(false);
                break;
            case V1.RigMessage.BodyOneofCase.AdHocAnswer:
                session.TryAnswer(message.AdHocAnswer);
                break;
            case V1.RigMessage.BodyOneofCase.HealthReport:
                await desk.ReportAsync(session, message.HealthReport, lifetime.ApplicationStopping).ConfigureAwait(false);
                break;
            case V1.RigMessage.BodyOneofCase.Progress:
                await desk.TellAsync(session, message.Progress, lifetime.ApplicationStopping).ConfigureAwait(false);
                break;
            case V1.RigMessage.BodyOneofCase.Hello:
                throw new RpcException(new Status(StatusCode.InvalidArgument, "a rig says hello once; connect again to say it anew"));
            default:
                // A heartbeat has done its work by coming; a body of a newer agent is none of ours.
                break;
        }
    }
}
