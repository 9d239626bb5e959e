using System.Threading.Channels;
using Grpc.Core;
using Grpc.Health.V1;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace Grpc.HealthCheck;

/// <summary>Tells clients which services of a server are served. The application sets the statuses; register one instance for all
/// calls. Thread safe.</summary>
/// <remarks>Spec: gRPC Health Checking Protocol.</remarks>
#pragma warning disable CA1711 // The name is the official one.
public class HealthServiceImpl : Health.V1.Health.HealthBase
#pragma warning restore CA1711
{
    // A watcher that is slow to read sees the newest status only.
    private static readonly BoundedChannelOptions NewestOnly =
        new(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ServingStatus> _statuses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ChannelWriter<ServingStatus>>> _watchers = new(StringComparer.Ordinal);

    /// <summary>Sets the status of a service and tells its watchers if it is another.</summary>
    /// <param name="service">The service's full name; empty: the server as a whole.</param>
    /// <param name="status">The status.</param>
    public void SetStatus(string service, ServingStatus status)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_gate)
        {
            ServingStatus before = StatusOf(service);
            _statuses[service] = status;
            Tell(service, before);
        }
    }

    /// <summary>Forgets a service.</summary>
    /// <param name="service">The service's full name; empty: the server as a whole.</param>
    public void ClearStatus(string service)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_gate)
        {
            ServingStatus before = StatusOf(service);
            _statuses.Remove(service);
            Tell(service, before);
        }
    }

    /// <summary>Forgets all services.</summary>
    public void ClearAll()
    {
        lock (_gate)
        {
            foreach (string service in _statuses.Keys.ToArray())
            {
                ClearStatus(service);
            }
        }
    }

    /// <summary>The status of a service now.</summary>
    /// <param name="request">The service.</param>
    /// <param name="context">The call.</param>
    /// <exception cref="RpcException">NOT_FOUND: nobody has set a status of it.</exception>
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate)
        {
            return _statuses.TryGetValue(request.Service, out ServingStatus status)
                ? Task.FromResult(new HealthCheckResponse { Status = status })
                : throw new RpcException(new Status(StatusCode.NotFound, $"the health of '{request.Service}' is not known here"));
        }
    }

    /// <summary>The status of a service now, and again whenever it changes, until the call ends.</summary>
    /// <param name="request">The service.</param>
    /// <param name="responseStream">Takes the statuses; SERVICE_UNKNOWN while nobody has set one.</param>
    /// <param name="context">The call.</param>
    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(responseStream);
        ArgumentNullException.ThrowIfNull(context);
        Channel<ServingStatus> news = Channel.CreateBounded<ServingStatus>(NewestOnly);
        Subscribe(request.Service, news.Writer);
        try
        {
            ServingStatus? told = null;
            await foreach (ServingStatus status in news.Reader.ReadAllAsync(context.CancellationToken).ConfigureAwait(false))
            {
                if (status != told)
                {
                    told = status;
                    await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, context.CancellationToken)
                        .ConfigureAwait(false);
                }
            }
        }
        finally
        {
            Unsubscribe(request.Service, news.Writer);
        }
    }

    private ServingStatus StatusOf(string service) => _statuses.GetValueOrDefault(service, ServingStatus.ServiceUnknown);

    private void Tell(string service, ServingStatus before)
    {
        ServingStatus now = StatusOf(service);
        if (now == before || !_watchers.TryGetValue(service, out List<ChannelWriter<ServingStatus>>? watchers))
        {
            return;
        }

        foreach (ChannelWriter<ServingStatus> watcher in watchers)
        {
            watcher.TryWrite(now);
        }
    }

    private void Subscribe(string service, ChannelWriter<ServingStatus> watcher)
    {
        lock (_gate)
        {
            if (!_watchers.TryGetValue(service, out List<ChannelWriter<ServingStatus>>? watchers))
            {
                _watchers.Add(service, watchers = []);
            }

            watchers.Add(watcher);
            watcher.TryWrite(StatusOf(service));
        }
    }

    private void Unsubscribe(string service, ChannelWriter<ServingStatus> watcher)
    {
        lock (_gate)
        {
            List<ChannelWriter<ServingStatus>> watchers = _watchers[service];
            watchers.Remove(watcher);
            if (watchers.Count == 0)
            {
                _watchers.Remove(service);
            }
        }
    }
}
