using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Xml;

namespace DeviceHarness.Duis.Service;

/// <summary>The service and the SMETS1 Service Provider behind it: requests in, answers and device commands out. Pure: time comes in as a
/// parameter. Safe for use from any thread.</summary>
/// <remarks>Only SMETS1 devices are answered for: a later device's answer would be a GBCS message. What is assumed stands in
/// <see cref="ServiceOptions"/>.</remarks>
public sealed class SimulatedDcc
{
    /// <summary>How many requests may wait for their device at once.</summary>
    public const int MaxPendingRequests = 1_024;

    /// <summary>The device code that is reported for a refusal without one.</summary>
    public const int NoDeviceCode = -1;

    private readonly Lock _gate = new();
    private readonly ServiceOptions _options;
    private readonly SmartMeteringInventory _inventory;
    private readonly Dictionary<RequestId, PendingRequest> _pending = [];
    private readonly RequestStatusLog _log;
    private readonly FaultLottery<LostResponse> _lost;
    private readonly FaultLottery<LateResponse> _late;
    private readonly HashSet<RequestId> _toBeLost = [];
    private readonly AlertThrottle _throttle;
    private readonly ServiceEnvelopes _envelopes;
    private readonly InventoryUpdates _updates;
    private readonly AnomalyCounter _anomalies;
    private readonly IReadOnlyDictionary<ServiceSite, SiteRequests> _sites;
    private volatile SiteRequests _active;
    private (Eui64 Device, DateTimeOffset End)? _upset;
    private ulong _lastAlert;

    /// <summary>Creates a service over an inventory, which it reads at each request and updates from answers.</summary>
    public SimulatedDcc(ServiceOptions options, SmartMeteringInventory inventory)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(inventory);
        _options = options;
        _inventory = inventory;
        _sites = SiteRequests.Of(options.Sites);
        _active = _sites[ServiceSite.Primary];
        _log = new RequestStatusLog(options);
        _envelopes = new ServiceEnvelopes(options);
        _updates = new InventoryUpdates(options, inventory);
        _anomalies = new AnomalyCounter(options.AnomalyThresholds);
        _throttle = new AlertThrottle(options.AlertThrottle);
        _lost = new FaultLottery<LostResponse>(options);
        _late = new FaultLottery<LateResponse>(options);
    }

    /// <summary>The service's own log of the requests that its planted faults have hit, each kind in order; the oldest of many go
    /// first.</summary>
    public IReadOnlyList<InjectedFault> Injected => [.. _log.Delayed, .. _late.Hits, .. _lost.Hits];

    /// <summary>Has another site serve. What devices are asked just now is answered all the same.</summary>
    public void MoveTo(ServiceSite site)
    {
        lock (_gate)
        {
            _active = _sites[site];
        }
    }

    /// <summary>Hands on what a SMETS1 device told unasked.</summary>
    /// <param name="device">The device.</param>
    /// <param name="recipient">The User that is told.</param>
    /// <param name="alert">What it told.</param>
    /// <param name="now">The time.</param>
    /// <returns>The message for the User, in a SMETS1 envelope with a counter of the service's own; null when it is throttled.</returns>
    public ServiceAnswer? Raise(Eui64 device, Eui64 recipient, DeviceAlert alert, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(alert);
        AlertForwarding forwarding;
        ulong number;
        lock (_gate)
        {
            forwarding = _throttle.Judge(device, alert.GbcsHexAlertCode, now);
            if (!forwarding.IsForwarded)
            {
                return null;
            }

            number = ++_lastAlert;
        }

        return _envelopes.Alert(device, recipient, alert, number, forwarding, now);
    }

    /// <summary>Takes a request as text.</summary>
    /// <param name="requestXml">The request.</param>
    /// <param name="path">The service that it was posted to; null for the one that its command variant belongs to.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="DuisFormatException">The text is not a Service Request, its version is not that of the User's system, its variant
    /// is none of that version, or its signature is not what the policy allows.</exception>
    /// <exception cref="InvalidOperationException"><see cref="MaxPendingRequests"/> wait already.</exception>
    public ServiceDecision Receive(string requestXml, ServicePath? path, DateTimeOffset now)
    {
        DuisReading<DuisRequest> reading =
            DuisRequestReader.Read(requestXml, _options.RequestSignatures, _options.UserCertificates, now);
        if (_options.ClientVersions.TryGetValue(reading.Message.Id.Originator, out string? version)
            && DuisVersions.WhyNot(version, reading.Message) is { } fault)
        {
            throw new DuisFormatException(fault, "/Request", line: 0, column: 0);
        }

        ServiceDecision decision = Receive(reading.Message, path, now);
        return decision with { Warnings = [.. reading.Warnings, .. decision.Warnings] };
    }

    /// <summary>Takes a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="path">The service that it was posted to; null for the one that its command variant belongs to.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ArgumentException">The request's variant is not in the catalogue.</exception>
    /// <exception cref="InvalidOperationException"><see cref="MaxPendingRequests"/> wait already, or this very request does.</exception>
    public ServiceDecision Receive(DuisRequest request, ServicePath? path, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!SrvCatalogue.TryFind(request.ServiceReferenceVariant, out SrvEntry? entry))
        {
            throw new ArgumentException($"variant {request.ServiceReferenceVariant} is not in the catalogue", nameof(request));
        }

        lock (_gate)
        {
            ServiceDecision decision = Decide(request, entry, path, now);
            if (decision.Command is null)
            {
                _toBeLost.Remove(request.Id);
            }

            return decision;
        }
    }

    /// <summary>Loses the device's response to one request that is still to come: the User is told that none came, and the inventory
    /// learns nothing.</summary>
    /// <exception cref="InvalidOperationException">The responses to <see cref="MaxPendingRequests"/> requests are to be lost
    /// already.</exception>
    public void LoseResponseTo(RequestId requestId)
    {
        lock (_gate)
        {
            if (_toBeLost.Count >= MaxPendingRequests)
            {
                throw new InvalidOperationException($"the responses to {MaxPendingRequests} requests are to be lost already");
            }

            _toBeLost.Add(requestId);
        }
    }

    /// <summary>How long the response to a request that waits is held back; asked for once. Zero unless a fault says otherwise.</summary>
    public TimeSpan HoldOf(RequestId requestId)
    {
        lock (_gate)
        {
            return _pending.TryGetValue(requestId, out PendingRequest? pending)
                ? _late.Draw(requestId, pending.Entry.Srv)?.Delay ?? TimeSpan.Zero
                : TimeSpan.Zero;
        }
    }

    /// <summary>Takes what became of a device command and makes the response.</summary>
    /// <exception cref="InvalidOperationException">No such request waits.</exception>
    /// <exception cref="ArgumentException">The outcome's body is missing, or is not the answer to this request.</exception>
    public ServiceAnswer Complete(RequestId requestId, DeviceOutcome outcome, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        lock (_gate)
        {
            if (!_pending.TryGetValue(requestId, out PendingRequest? pending))
            {
                throw new InvalidOperationException($"request {requestId} does not wait for a device");
            }

            if (_toBeLost.Remove(requestId) || _lost.Draw(requestId, pending.Entry.Srv) is not null)
            {
                outcome = outcome with { Kind = DeviceOutcomeKind.NoAnswer, Body = null };
            }

            if (_upset is { } upset && now < upset.End && upset.Device != pending.Device.DeviceId)
            {
                outcome = outcome with { Kind = DeviceOutcomeKind.Unreachable, Body = null };
            }

            ServiceAnswer answer = outcome.Kind switch
            {
                _ when pending.Request.Body is FirmwareUpdate => Delivered(pending, outcome.Body, now),
                DeviceOutcomeKind.Done => Done(pending, outcome, now),
                DeviceOutcomeKind.Refused => Refused(pending, outcome, now),
                DeviceOutcomeKind.Unreachable or DeviceOutcomeKind.NotOverThisLink => _envelopes.Unreached(pending.Request, now),
                DeviceOutcomeKind.NoAnswer => _envelopes.Message(pending.Request, ResponseCodes.NoAnswer, now),
                DeviceOutcomeKind.ProtocolError => _envelopes.Message(pending.Request, _options.ProtocolErrorCode, now),
                _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.Kind, "unknown outcome"),
            };
            _pending.Remove(requestId);
            _log.Answer(requestId, pending.Entry.Srv, now);
            return answer;
        }
    }

    /// <summary>What the service's log says of a request.</summary>
    /// <param name="requestId">The request.</param>
    /// <param name="now">The time.</param>
    /// <returns>The status; null when the request was not accepted, or so long ago that the log forgot it.</returns>
    public RequestStatus? StatusOf(RequestId requestId, DateTimeOffset now)
    {
        lock (_gate)
        {
            return _log.Find(requestId, now);
        }
    }

    /// <summary>When the first of the requests that are held for a later time is due; null when none is held.</summary>
    public DateTimeOffset? NextDue() => _active.Held.NextDue;

    /// <summary>Takes the requests that were held for a later time which has come, the earliest first.</summary>
    /// <returns>For each its acknowledgement of then, and a command for its device, or a response when a check that is made again now
    /// fails.</returns>
    public IReadOnlyList<ServiceDecision> TakeDue(DateTimeOffset now)
    {
        lock (_gate)
        {
            return [.. _active.Held.TakeDue(now).Select(held => Execute(held, now))];
        }
    }

    /// <summary>Lets a request out of quarantine, to be sent to its device; it is not counted again.</summary>
    /// <returns>The command; null when no such request is in quarantine, which each leaves once.</returns>
    public ServiceDecision? Release(RequestId requestId, DateTimeOffset now)
    {
        lock (_gate)
        {
            return _active.TakeFromQuarantine(requestId) is { } released
                ? Accept(released.Request, released.Entry, released.Device, now)
                : null;
        }
    }

    /// <summary>Drops a request that is in quarantine: it is never sent.</summary>
    /// <returns>Whether it was in quarantine.</returns>
    public bool Drop(RequestId requestId, DateTimeOffset now)
    {
        lock (_gate)
        {
            PendingRequest? dropped = _active.TakeFromQuarantine(requestId);
            if (dropped is not null)
            {
                _log.Answer(requestId, dropped.Entry.Srv, now);
            }

            return dropped is not null;
        }
    }

    /// <summary>Forgets a request whose device could not be asked, or is not to be: the bench broke, or the asker went away. No answer is
    /// made.</summary>
    public void Abandon(RequestId requestId)
    {
        lock (_gate)
        {
            _pending.Remove(requestId);
            foreach (SiteRequests site in _sites.Values)
            {
                site.Forget(requestId);
            }

            _toBeLost.Remove(requestId);
        }
    }

    private ServiceDecision Decide(DuisRequest request, SrvEntry entry, ServicePath? path, DateTimeOffset now)
    {
        CheckContext context = Context(request, entry, path) with
        {
            Now = now,
            FirmwareUpdates = _options.FirmwareUpdates,
            AsksRegistrationAlways = _options.AsksRegistrationAlways,
            AsksNoDormancy = _options.AsksNoDormancy,
            ProductsList = _options.ProductsList,
            Subjects = SubjectsOf(request),
        };
        if (ServiceChecks.FirstFailure(_options.Checks, context) is { } failure)
        {
            return new ServiceDecision(request.Id, _envelopes.Message(request, failure.Check.ResponseCode, now), null, failure, null, []);
        }

        if (request.Body is FirmwareUpdate update)
        {
            return Deliver(request, entry, update, now);
        }

        if (context.Device is { } device && NotifiedCertificates.IsFor(request, device))
        {
            return AnswerForCertificate(request, entry, device, now);
        }

        return ServiceScope.NotServed(context, now) is { } reason ? new ServiceDecision(request.Id, null, null, null, reason, [])
            : ServiceScope.IsLocalTopUp(context) ? AcceptForUser(request, now)
            : IsAboveThreshold(request, entry, now) is { } threshold ? Quarantine(request, entry, context.Device!, threshold, now)
            : ServiceScope.IsWithdrawal(context) ? Withdraw(request, entry, now)
            : HeldRequests.DueOf(request.Body, entry, now) is { } due && !_options.SendsDatedRequestsAtOnce ? Hold(request, entry, due, now)
            : Accept(request, entry, context.Device!, now);
    }

    private AnomalyThreshold? IsAboveThreshold(DuisRequest request, SrvEntry entry, DateTimeOffset now) =>
        entry.Criticality == SrvCriticality.Critical ? _anomalies.Count(request.Id.Originator, entry.Srv, now) : null;

    private ServiceDecision Quarantine(
        DuisRequest request, SrvEntry entry, InventoryDevice device, AnomalyThreshold threshold, DateTimeOffset now)
    {
        long eventRef = _active.Quarantine(new PendingRequest(request, entry, device));
        return Acknowledge(request, now, [_options.AnomalyThresholds.Explain(threshold)]) with
        {
            IsQuarantined = true,
            Response = _envelopes.Quarantined(request.Id, eventRef, now),
        };
    }

    private ServiceDecision Hold(DuisRequest request, SrvEntry entry, DateTimeOffset due, DateTimeOffset now)
    {
        ServiceDecision decision = Acknowledge(request, now, [$"held by the service until {DuisText.Time(due)}"]);
        _active.Held.Hold(new HeldRequest(request, entry, due, decision.Acknowledgement!));
        return decision with { HeldUntil = due };
    }

    private ServiceDecision Withdraw(DuisRequest request, SrvEntry entry, DateTimeOffset now)
    {
        int withdrawn = _options.KeepsWithdrawnRequests ? 0 : _active.Held.Withdraw(request.Id, entry.Srv);
        ServiceDecision decision = Acknowledge(request, now, [ServiceScope.WithdrawalAssumption, $"{withdrawn} requests are withdrawn"]);
        _log.Answer(request.Id, entry.Srv, now);
        return decision with { Response = _envelopes.Message(request, ResponseCodes.Success, now) };
    }

    private ServiceDecision Acknowledge(DuisRequest request, DateTimeOffset now, IReadOnlyList<string> warnings)
    {
        _active.Count(request.Id);
        _log.Accept(request.Id);
        return new ServiceDecision(request.Id, _envelopes.Message(request, ResponseCodes.Acknowledged, now), null, null, null, warnings);
    }

    /// <summary>Sends what was held: the checks that look at the device and its User are made again.</summary>
    private ServiceDecision Execute(HeldRequest held, DateTimeOffset now)
    {
        CheckContext context = Context(held.Request, held.Entry, path: null) with { Now = now, Subjects = SubjectsOf(held.Request) };
        IReadOnlyList<ServiceCheck> again = [.. _options.Checks.Where(check => ServiceChecks.AtExecution.Contains(check.Name))];
        ServiceDecision decision = new(held.Request.Id, held.Acknowledgement, null, null, null, []);
        if (ServiceChecks.FirstFailure(again, context) is { } failure)
        {
            _log.Answer(held.Request.Id, held.Entry.Srv, now);
            return decision with { Failure = failure, Response = _envelopes.Message(held.Request, failure.Check.ResponseCode, now) };
        }

        _pending[held.Request.Id] = new PendingRequest(held.Request, held.Entry, context.Device!);
        return decision with { Command = new DeviceCommand(held.Request.Id, context.Device!, held.Request.Body) };
    }

    private IReadOnlyList<InventoryDevice> SubjectsOf(DuisRequest request)
    {
        IEnumerable<Eui64> ids = request.Body is FirmwareUpdate update ? update.Devices : [request.Id.Target];
        return [.. ids.Distinct().Select(_inventory.Find).OfType<InventoryDevice>()];
    }

    /// <summary>Accepts a command that goes back to the User in place of the device.</summary>
    private ServiceDecision AcceptForUser(DuisRequest request, DateTimeOffset now) =>
        Acknowledge(request, now, [ServiceScope.LocalDeliveryAssumption]);

    /// <summary>Answers for a certificate that was notified: the network operator's, and the supplier's after a change of supplier. On a
    /// SMETS1 device the two Providers hold the former by proxy; of a later device the inventory holds whose is in its slot. No device is
    /// asked.</summary>
    private ServiceDecision AnswerForCertificate(DuisRequest request, SrvEntry entry, InventoryDevice device, DateTimeOffset now)
    {
        DeviceOwnership? changed = NotifiedCertificates.Serve(
            (UnmodelledRequestBody)request.Body, device.Ownership, !device.Smets1 || !_options.ServiceProviderKeepsCertificates,
            _options.TakesAnyCertificate ? request.Id.Originator : null, out UnmodelledResponseBody answer);
        if (changed is not null)
        {
            _inventory.Update(device.DeviceId, row => row with { Ownership = changed });
        }

        List<string> warnings = [];
        if (changed is { ProxiesDiffer: true })
        {
            warnings.Add($"the DSP and the S1SP hold different network operator certificates of {device.DeviceId}");
        }

        if (!device.Smets1)
        {
            warnings.Add(OperatorCertificates.LaterDeviceAssumption);
        }

        ServiceDecision decision = Acknowledge(request, now, warnings);
        _log.Answer(request.Id, entry.Srv, now);
        return decision with
        {
            Response = device.Smets1
                ? _envelopes.Smets1(request, answer, [], now)
                : _envelopes.WithoutPayload(request, answer, now),
        };
    }

    private ServiceAnswer Refused(PendingRequest pending, DeviceOutcome outcome, DateTimeOffset now)
    {
        SrvResponseBody body = Checked(pending, outcome.Body) ?? EmptyResponses.For(pending.Entry, pending.Device.DeviceType);
        _updates.LearnFromRefusal(pending.Device.DeviceId, body);
        Smets1Debug debug = new(
            outcome.DeviceCode ?? NoDeviceCode, Position: 1, DuisXmlText.Shortened(outcome.Detail, Smets1Debug.MaxErrorCharacters));
        return _envelopes.Smets1(pending.Request, body with { MessageSuccess = false }, [debug], now);
    }

    private static SrvResponseBody? Checked(PendingRequest pending, SrvResponseBody? body) =>
        body is null || body.ElementName == pending.Entry.ResponseElement
            ? body
            : throw new ArgumentException(
                $"{body.ElementName} is not the answer to {pending.Entry.Srv}: {pending.Entry.ResponseElement} is", nameof(body));

    private CheckContext Context(DuisRequest request, SrvEntry entry, ServicePath? path)
    {
        InventoryDevice? device = _inventory.Find(request.Id.Target);
        CommandVariantRules variants = device is { Smets1: false } ? CommandVariantRules.Matrix : _options.Smets1CommandVariants;
        return new CheckContext(
            request,
            entry,
            path ?? variants.PathFor(request.CommandVariant),
            device,
            _options.Users.RolesOf(request.Id.Originator),
            variants,
            _options.DeviceStatus,
            _active.LastCounter(request.Id.Originator, request.Id.Target));
    }

    /// <summary>Takes an 11.1 or an 11.4: the service answers at once, and the image goes to the device afterwards.</summary>
    private ServiceDecision Deliver(DuisRequest request, SrvEntry entry, FirmwareUpdate update, DateTimeOffset now)
    {
        FirmwareDeliveryPlan plan = FirmwareDeliveryPlan.Of(update, _inventory, _options.DeviceStatus, _options.FirmwareUpdates, IsBusy);
        if (plan.NotServed is { } reason)
        {
            return new ServiceDecision(request.Id, null, null, null, reason, []);
        }

        ServiceAnswer acknowledgement = _envelopes.Message(request, plan.Warning, now);
        if (plan.Devices is [InventoryDevice device])
        {
            return Accept(request, entry, device, now) with { Acknowledgement = acknowledgement };
        }

        _active.Count(request.Id);
        return new ServiceDecision(request.Id, acknowledgement, null, null, null, []);
    }

    private bool IsBusy(Eui64 device) =>
        _pending.Values.Any(pending => pending.Request.Body is FirmwareUpdate && pending.Device.DeviceId == device);

    private ServiceDecision Accept(DuisRequest request, SrvEntry entry, InventoryDevice device, DateTimeOffset now)
    {
        if (_pending.Count >= MaxPendingRequests)
        {
            throw new InvalidOperationException($"{MaxPendingRequests} requests wait for their devices already");
        }

        if (!_pending.TryAdd(request.Id, new PendingRequest(request, entry, device)))
        {
            throw new InvalidOperationException($"request {request.Id} waits already, and the table of checks let it pass again");
        }

        IReadOnlyList<string> warnings = request.Body is IFutureDatable { ExecutionDateTime: { } time } && time <= now
            ? [$"the request is dated {DuisText.Time(time)}, which is past: it is carried out at once"]
            : [];
        return Acknowledge(request, now, warnings) with { Command = new DeviceCommand(request.Id, device, request.Body) };
    }

    private ServiceAnswer Delivered(PendingRequest pending, SrvResponseBody? told, DateTimeOffset now)
    {
        _updates.Learn(pending.Device.DeviceId, told);
        return _envelopes.Delivered(pending.Request.Id, pending.Device.DeviceId, told, now);
    }

    private ServiceAnswer Done(PendingRequest pending, DeviceOutcome outcome, DateTimeOffset now)
    {
        SrvResponseBody body = Checked(pending, outcome.Body)
            ?? throw new ArgumentException("the device carried the request out, and its answer is missing", nameof(outcome));
        _updates.Learn(pending.Device.DeviceId, body);
        _updates.Learn(pending.Request.Body);
        if (body is ActivateFirmwareRsp { FirmwareVersion: not null })
        {
            _upset = _options.UpsetByUpgrade > TimeSpan.Zero ? (pending.Device.DeviceId, now + _options.UpsetByUpgrade) : null;
        }

        return _envelopes.Smets1(pending.Request, body with { MessageSuccess = true }, [], now);
    }
}
