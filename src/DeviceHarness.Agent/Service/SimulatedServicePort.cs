using System.Collections.Concurrent;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Undo;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Migration;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Agent.Service;

/// <summary>The simulated DCC and S1SP in front of the rig's own devices.</summary>
/// <remarks>A local pass by this port does not prove the S1SP path: the checks and envelopes are this harness's reading of DUIS.</remarks>
internal sealed class SimulatedServicePort : IServiceRequestPort, IServiceSites, IAsyncDisposable
{
    private readonly SimulatedDcc _service;
    private readonly Dictionary<Eui64, DeviceStation> _stations;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<RequestId, LaterRequest> _later = new();
    private readonly Lock _gate = new();
    private readonly DueTurn _turn;
    private ServiceSite _active;

    public SimulatedServicePort(
        RigConfiguration rig, IReadOnlyList<string> defects, SmartMeteringInventory inventory, IReadOnlyList<DeviceStation> stations,
        ServiceKeys keys, TimeProvider time)
    {
        ServiceOptions options = new()
        {
            Users = ServiceUsers.ByKeys(rig.Users),
            ClientVersions = rig.DuisVersions,
            FirmwareUpdates = rig.FirmwareUpdateRules,
            ProductsList = new CertifiedProductsList(rig.Products),
            DeviceStatus = rig.DeviceStatusRules,
            ServiceKey = keys.Dcc,
            ServiceProviderKey = keys.ServiceProvider,
            RequestSignatures = rig.RequestSignatures,
            UserCertificates = keys.Users,
        };
        options = options with
        {
            KeyRotation = rig.KeyRotation,
            AlertThrottle = rig.AlertThrottle,
            AnomalyThresholds = rig.AnomalyThresholds,
            Migration = rig.MigrationRules,
        };
        options = PlantedDefect.PlantAll(rig, defects, options);
        KeyRotation = options.KeyRotation;
        Migration = options.Migration;
        Replication = options.Sites;
        _service = new SimulatedDcc(options, inventory);
        _stations = stations.ToDictionary(station => station.Device.Eui64);
        _time = time;
        _turn = new DueTurn(time, _service.NextDue, CarryOutDueAsync);
    }

    /// <summary>What the simulated Service Provider does about a key rotation that was not confirmed.</summary>
    public KeyRotationPolicy KeyRotation { get; }

    /// <summary>How installations are migrated.</summary>
    public MigrationRules Migration { get; }

    /// <summary>What the two sites know of each other's work.</summary>
    public SiteReplication Replication { get; }

    /// <inheritdoc/>
    public ServiceSite Active
    {
        get
        {
            lock (_gate)
            {
                return _active;
            }
        }
    }

    /// <summary>The service's own log of the requests that its planted faults have hit.</summary>
    public IReadOnlyList<InjectedFault> Injected => _service.Injected;

    /// <inheritdoc/>
    public Task<ServiceExchange> SendAsync(string requestXml, CancellationToken cancellationToken) =>
        SendAsync(requestXml, path: null, cancellationToken);

    /// <inheritdoc/>
    public void MoveTo(ServiceSite site)
    {
        lock (_gate)
        {
            _active = site;
            _service.MoveTo(site);
        }

        // The site may hold other requests than the one before.
        _turn.Arm();
    }

    /// <summary>Hands on what a device told unasked.</summary>
    /// <returns>The message for the User, before it is signed; null when the alert is throttled.</returns>
    public string? Raise(Eui64 device, Eui64 recipient, DeviceAlert alert) =>
        _service.Raise(device, recipient, alert, _time.GetUtcNow())?.UnsignedXml;

    /// <inheritdoc/>
    public RequestStatus? StatusOf(RequestId requestId) => _service.StatusOf(requestId, _time.GetUtcNow());

    /// <inheritdoc/>
    public void LoseResponseTo(RequestId requestId) => _service.LoseResponseTo(requestId);

    /// <inheritdoc/>
    public Task<ServiceExchange> SendAsync(string requestXml, ServicePath? path, CancellationToken cancellationToken) =>
        SendAsync(requestXml, path, ImageDelivery.Checked, cancellationToken);

    /// <inheritdoc/>
    public Task<ServiceExchange> SendAsync(
        string requestXml, ServicePath? path, ImageDelivery delivery, CancellationToken cancellationToken) =>
        SendAsync(requestXml, path, delivery, watch: null, cancellationToken);

    /// <summary>Sends one Service Request whose command to a device is watched.</summary>
    /// <exception cref="HarnessException">As without a watch, and UNDO-001: the inverse cannot be kept; nothing was sent.</exception>
    public async Task<ServiceExchange> SendAsync(
        string requestXml, ServicePath? path, ImageDelivery delivery, CommandWatch? watch, CancellationToken cancellationToken)
    {
        await CarryOutDueAsync(cancellationToken).ConfigureAwait(false);
        ServiceDecision decision = _service.Receive(requestXml, path, _time.GetUtcNow());
        if (decision.Acknowledgement is not { } acknowledgement)
        {
            throw new LocalProtocolException(
                "SRV-001", decision.NotServed!, "this version of the harness", $"request {decision.RequestId}");
        }

        if (decision.Command is { } command)
        {
            SrvRequestBody body = command.Body is FirmwareUpdate update ? update with { Delivery = delivery } : command.Body;
            return await CarryOutAsync(requestXml, decision, acknowledgement, command with { Body = body }, watch, cancellationToken)
                .ConfigureAwait(false);
        }

        if (decision.IsSentLater)
        {
            _later[decision.RequestId] = new LaterRequest(requestXml, watch);
            _turn.Arm();
        }

        return WithoutDevice(requestXml, decision, acknowledgement);
    }

    /// <inheritdoc/>
    public async Task<ServiceExchange?> AnswerToAsync(RequestId requestId, TimeSpan within, CancellationToken cancellationToken)
    {
        _later.TryGetValue(requestId, out LaterRequest? later);
        DateTimeOffset end = _time.GetUtcNow() + within;
        while (true)
        {
            await CarryOutDueAsync(cancellationToken).ConfigureAwait(false);
            if (later is { IsUnderWay: true } or { Answer.IsCompleted: true })
            {
                return await later.Answer.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            DateTimeOffset now = _time.GetUtcNow();
            if (now >= end)
            {
                return null;
            }

            DateTimeOffset next = _service.NextDue() is { } due && due < end ? due : end;
            Task turn = Task.Delay(next > now ? next - now : TimeSpan.Zero, _time, cancellationToken);
            await (later is null ? turn : Task.WhenAny(turn, later.Answer)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public async Task<ServiceExchange?> DecideAsync(
        RequestId requestId, QuarantineDecision decision, CancellationToken cancellationToken)
    {
        _later.TryRemove(requestId, out LaterRequest? later);
        if (decision == QuarantineDecision.Drop && _service.Drop(requestId, _time.GetUtcNow()))
        {
            return null;
        }

        if (decision == QuarantineDecision.Drop || _service.Release(requestId, _time.GetUtcNow()) is not { } released)
        {
            throw new LocalProtocolException(
                "SRV-005", $"{decision} was asked for a request that is not in quarantine", "a request above its User's threshold, once",
                $"request {requestId}");
        }

        return await CarryOutAsync(
            later?.RequestXml ?? string.Empty, released, released.Acknowledgement!, released.Command!, later?.Watch, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Forgets what somebody has sent for a later time or left in quarantine.</summary>
    /// <param name="owner">The case with its attempt.</param>
    public void Forget(string owner)
    {
        foreach ((RequestId id, LaterRequest later) in _later)
        {
            if (later.Watch?.Owner == owner && _later.TryRemove(id, out _))
            {
                _service.Abandon(id);
            }
        }
    }

    /// <summary>What is held for a later time is sent no more; what is under way is ended.</summary>
    public ValueTask DisposeAsync() => _turn.DisposeAsync();

    /// <summary>Sends what was held for a time that has come: whoever asks the service then does so, else its own clock.</summary>
    private async Task CarryOutDueAsync(CancellationToken cancellationToken)
    {
        (ServiceDecision Decision, LaterRequest Later)[] taken;
        lock (_gate)
        {
            taken =
            [
                .. _service.TakeDue(_time.GetUtcNow())
                    .Select(due => (due, _later.GetValueOrDefault(due.RequestId) ?? new LaterRequest(string.Empty, null))),
            ];
            Array.ForEach(taken, due => due.Later.Begin());
        }

        foreach ((ServiceDecision due, LaterRequest later) in taken)
        {
            try
            {
                later.Answered(due.Command is { } command
                    ? await CarryOutAsync(later.RequestXml, due, due.Acknowledgement!, command, later.Watch, cancellationToken)
                        .ConfigureAwait(false)
                    : WithoutDevice(later.RequestXml, due, due.Acknowledgement!));
            }
            catch (Exception exception) when (exception is HarnessException or OperationCanceledException)
            {
                // Told to whoever asks for this answer: the request that found it due is another.
                later.Broke(exception);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private static ServiceExchange WithoutDevice(string requestXml, ServiceDecision decision, ServiceAnswer acknowledgement) => new(
        requestXml, acknowledgement, decision.Response, null, LatencySplit.None, [.. decision.Warnings, .. WhyRefused(decision)]);

    /// <summary>Says to people why the simulated service refused; the answer itself carries the code alone.</summary>
    private static IEnumerable<string> WhyRefused(ServiceDecision decision)
    {
        if (decision.Failure is { } failure)
        {
            string assumed = failure.Check.CodeAssumed ? "; the code is this harness's assumption, not a published rule" : string.Empty;
            yield return $"refused with {failure.Check.ResponseCode} by the check '{failure.Check.Name}': {failure.Detail}{assumed}";
        }
    }

    private static string NotPutBack(string value) => $"'{value}' is not put back: what was there before is not told or cannot be set";

    private async Task<ServiceExchange> CarryOutAsync(
        string requestXml, ServiceDecision decision, ServiceAnswer acknowledgement, DeviceCommand command,
        CommandWatch? watch, CancellationToken cancellationToken)
    {
        bool isCompleted = false;
        try
        {
            if (!_stations.TryGetValue(command.Device.DeviceId, out DeviceStation? station))
            {
                throw new LocalProtocolException(
                    "SRV-002", $"the device {command.Device.DeviceId} is in the inventory and not on this bench", "the rig file",
                    $"request {command.RequestId}");
            }

            UndoneCommand done = watch is null
                ? new UndoneCommand(await station.ExecuteAsync(command.Body, cancellationToken).ConfigureAwait(false), [], [])
                : await watch.Undo.ExecuteAsync(station, command.Body, watch.Owner, cancellationToken).ConfigureAwait(false);
            SrvResult result = done.Result;
            if (_service.HoldOf(command.RequestId) is var hold && hold > TimeSpan.Zero)
            {
                await Task.Delay(hold, _time, cancellationToken).ConfigureAwait(false);
            }

            ServiceAnswer response = _service.Complete(command.RequestId, result.Outcome, _time.GetUtcNow());
            isCompleted = true;
            return new ServiceExchange(
                requestXml, acknowledgement, response, result.Outcome, result.Latency,
                [.. decision.Warnings, .. done.LeftOut.Select(NotPutBack)])
            {
                ReadBefore = done.ReadBefore,
            };
        }
        finally
        {
            if (!isCompleted)
            {
                // The bench broke or the step was cancelled: no answer of the service is invented, and the request waits no longer.
                _service.Abandon(command.RequestId);
            }
        }
    }
}
