using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Signatures;
using DeviceHarness.Duis.Xml;

namespace DeviceHarness.Duis.Service;

/// <summary>The service and the SMETS1 Service Provider behind it: requests in, answers and device commands out. Pure: time comes in as a
/// parameter.
/// Safe for use from any thread.</summary>
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
    private readonly Dictionary<RequestId, Pending> _pending = [];
    private readonly Dictionary<(Eui64 Originator, Eui64 Target), ulong> _counters = [];
    private readonly RequestStatusLog _log;
    private readonly FaultLottery<LostResponse> _lost;
    private readonly FaultLottery<LateResponse> _late;
    private readonly HashSet<RequestId> _toBeLost = [];
    private readonly AlertThrottle _throttle;
    private (Eui64 Device, DateTimeOffset End)? _upset;
    private ulong _lastAlert;

    /// <summary>Creates a service over an inventory, which it reads at each request and updates from answers.</summary>
    public SimulatedDcc(ServiceOptions options, SmartMeteringInventory inventory)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(inventory);
        _options = options;
        _inventory = inventory;
        _log = new RequestStatusLog(options);
        _throttle = new AlertThrottle(options.AlertThrottle);
        _lost = new FaultLottery<LostResponse>(options);
        _late = new FaultLottery<LateResponse>(options);
    }

    /// <summary>The service's own log of the requests that its planted faults have hit, each kind in order; the oldest of many go
    /// first.</summary>
    public IReadOnlyList<InjectedFault> Injected => [.. _log.Delayed, .. _late.Hits, .. _lost.Hits];

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

        Smets1ResponseMessage content = new(new Smets1Header(device, recipient, number) { Timestamp = new Smets1Timestamp(now) })
        {
            ThrottledAlertSequenceId = forwarding.SequenceId,
            ThrottledAlertCount = forwarding.Count,
            DeviceAlertXml = AlertFormat.Write(alert),
        };
        string message = Write(new DuisResponse(ResponseCodes.Success, now, content), recipient);
        return new ServiceAnswer(ResponseCodes.Success, alert, message, Signed);
    }

    /// <summary>Takes a request as text.</summary>
    /// <param name="requestXml">The request.</param>
    /// <param name="path">The service that it was posted to; null for the one that its command variant belongs to.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="DuisFormatException">The text is not a Service Request, its version is not that of the User's system, its variant
    /// is none of that version, or its signature is not what the policy
    /// allows.</exception>
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
            return _pending.TryGetValue(requestId, out Pending? pending)
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
            if (!_pending.TryGetValue(requestId, out Pending? pending))
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

            ServiceAnswer answer = pending.Request.Body is UpdateFirmware ? Delivered(pending, outcome, now) : outcome.Kind switch
            {
                DeviceOutcomeKind.Done => Done(pending, outcome, now),
                DeviceOutcomeKind.Refused => Refused(pending, outcome, now),
                DeviceOutcomeKind.Unreachable => Message(pending.Request, ResponseCodes.Unreachable, now),
                DeviceOutcomeKind.NoAnswer => Message(pending.Request, ResponseCodes.NoAnswer, now),
                DeviceOutcomeKind.ProtocolError => Message(pending.Request, _options.ProtocolErrorCode, now),
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

    /// <summary>Forgets a request whose device could not be asked: the bench broke, or the asker went away. No answer is made.</summary>
    public void Abandon(RequestId requestId)
    {
        lock (_gate)
        {
            _pending.Remove(requestId);
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
            return new ServiceDecision(request.Id, Message(request, failure.Check.ResponseCode, now), null, failure, null, []);
        }

        if (request.Body is UpdateFirmware update)
        {
            return Deliver(request, entry, update, now);
        }

        if (context.Device is { } device && NotifiedCertificates.IsFor(request, device))
        {
            return AnswerForCertificate(request, entry, device, now);
        }

        return ServiceScope.NotServed(context, now) is { } reason ? new ServiceDecision(request.Id, null, null, null, reason, [])
            : ServiceScope.IsLocalTopUp(context) ? AcceptForUser(request, now)
            : Accept(request, entry, context.Device!, now);
    }

    private IReadOnlyList<InventoryDevice> SubjectsOf(DuisRequest request)
    {
        IEnumerable<Eui64> ids = request.Body is UpdateFirmware update ? update.Devices : [request.Id.Target];
        return [.. ids.Distinct().Select(_inventory.Find).OfType<InventoryDevice>()];
    }

    private ServiceAnswer Message(DuisRequest request, string code, DateTimeOffset now, string? dataXml = null)
    {
        ResponseMessage message = new(request.ServiceReferenceVariant) { DataXml = dataXml };
        DuisResponse response = new(code, now, message) { RequestId = request.Id };
        return new ServiceAnswer(code, null, Write(response, request.Id.Originator));
    }

    /// <summary>Writes an answer in the version that the User's system speaks, inside and around.</summary>
    private string Write(DuisResponse response, Eui64 user)
    {
        if (!_options.ClientVersions.TryGetValue(user, out string? version))
        {
            return DuisResponseWriter.Write(response);
        }

        DuisResponseContent content = response.Content is Smets1ResponseMessage smets1
            ? smets1 with { SignedResponseVersion = version }
            : response.Content;
        return DuisResponseWriter.Write(response with { SchemaVersion = version, Content = content });
    }

    /// <summary>Accepts a command that goes back to the User in place of the device.</summary>
    private ServiceDecision AcceptForUser(DuisRequest request, DateTimeOffset now)
    {
        _counters[(request.Id.Originator, request.Id.Target)] = request.Id.Counter;
        _log.Accept(request.Id);
        ServiceAnswer acknowledgement = Message(request, ResponseCodes.Acknowledged, now);
        return new ServiceDecision(request.Id, acknowledgement, null, null, null, [ServiceScope.LocalDeliveryAssumption]);
    }

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

        _counters[(request.Id.Originator, request.Id.Target)] = request.Id.Counter;
        _log.Accept(request.Id);
        _log.Answer(request.Id, entry.Srv, now);
        List<string> warnings = [];
        if (changed is { ProxiesDiffer: true })
        {
            warnings.Add($"the DSP and the S1SP hold different network operator certificates of {device.DeviceId}");
        }

        if (!device.Smets1)
        {
            warnings.Add(OperatorCertificates.LaterDeviceAssumption);
        }

        return new ServiceDecision(request.Id, Message(request, ResponseCodes.Acknowledged, now), null, null, null, warnings)
        {
            Response = device.Smets1
                ? Envelope(new Pending(request, entry, device), answer, [], now)
                : WithoutPayload(request, answer, now),
        };
    }

    // What a User's Parse and Correlate would make of the device's GBCS message is the body; the message itself is not made up.
    private ServiceAnswer WithoutPayload(DuisRequest request, SrvResponseBody body, DateTimeOffset now)
    {
        DuisResponse response = new(ResponseCodes.Success, now, new ResponseMessage(request.ServiceReferenceVariant))
        {
            RequestId = request.Id,
            ResponseId = request.Id.Answer,
        };
        return new ServiceAnswer(ResponseCodes.Success, body, Write(response, request.Id.Originator));
    }

    private ServiceAnswer Envelope(Pending pending, SrvResponseBody body, IReadOnlyList<Smets1Debug> debug, DateTimeOffset now)
    {
        RequestId id = pending.Request.Id;
        RequestId answerId = id.Answer;
        string srv = pending.Request.ServiceReferenceVariant;
        Smets1Header header = new(answerId.Originator, answerId.Target, answerId.Counter)
        {
            ServiceReferenceVariant = srv,
            Timestamp = new Smets1Timestamp(now),
        };
        Smets1ResponseMessage message = new(header) { ServiceReferenceVariant = srv, Body = body, DebugInfo = debug };
        DuisResponse response = new(ResponseCodes.Success, now, message) { RequestId = id, ResponseId = answerId };
        return new ServiceAnswer(ResponseCodes.Success, body, Write(response, id.Originator), Signed);
    }

    private ServiceAnswer Refused(Pending pending, DeviceOutcome outcome, DateTimeOffset now)
    {
        SrvResponseBody body = Checked(pending, outcome.Body) ?? EmptyResponses.For(pending.Entry, pending.Device.DeviceType);
        if (body is ActivateFirmwareRsp { FirmwareVersion: { } version } && _options.DeviceStatus.FirmwareReadUpdatesInventory)
        {
            // MP105: a repeated 11.3 tells which firmware runs, even when nothing is left to activate.
            _inventory.Update(pending.Device.DeviceId, device => Updated(device, version));
        }

        Smets1Debug debug = new(
            outcome.DeviceCode ?? NoDeviceCode, Position: 1, DuisXmlText.Shortened(outcome.Detail, Smets1Debug.MaxErrorCharacters));
        return Envelope(pending, body with { MessageSuccess = false }, [debug], now);
    }

    /// <summary>Signs a device's answer: the SMETS1 Service Provider inside, then the service around it.</summary>
    private string Signed(string xml)
    {
        string inner = _options.ServiceProviderKey is { } provider ? XmlSignature.SignSmets1(xml, provider) : xml;
        return _options.ServiceKey is { } service ? XmlSignature.Sign(inner, service) : inner;
    }

    private static SrvResponseBody? Checked(Pending pending, SrvResponseBody? body) =>
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
            _counters.TryGetValue((request.Id.Originator, request.Id.Target), out ulong last) ? last : null);
    }

    /// <summary>Takes an 11.1: the service answers at once, and the image goes to the device afterwards.</summary>
    private ServiceDecision Deliver(DuisRequest request, SrvEntry entry, UpdateFirmware update, DateTimeOffset now)
    {
        FirmwareDeliveryPlan plan = FirmwareDeliveryPlan.Of(update, _inventory, _options.DeviceStatus, _options.FirmwareUpdates, IsBusy);
        if (plan.Devices.Count > 1 || plan.Devices.Any(device => !device.Smets1))
        {
            string reason = plan.Devices.Count > 1
                ? $"{plan.Devices.Count} devices are to get the image: this harness delivers to one device for each request"
                : $"device {plan.Devices[0].DeviceId} is not a SMETS1 device of the inventory: its firmware is delivered by others";
            return new ServiceDecision(request.Id, null, null, null, reason, []);
        }

        ServiceAnswer acknowledgement = plan.Warning.IsEmpty
            ? Message(request, ResponseCodes.Success, now)
            : Message(request, ResponseCodes.UpdateFirmwareWarning, now, FirmwareFormat.WriteWarning(plan.Warning));
        if (plan.Devices is [InventoryDevice device])
        {
            return Accept(request, entry, device, now) with { Acknowledgement = acknowledgement };
        }

        _counters[(request.Id.Originator, request.Id.Target)] = request.Id.Counter;
        return new ServiceDecision(request.Id, acknowledgement, null, null, null, []);
    }

    private bool IsBusy(Eui64 device) =>
        _pending.Values.Any(pending => pending.Request.Body is UpdateFirmware && pending.Device.DeviceId == device);

    /// <summary>Tells the User what became of a delivery: the device's alert, or the service's own.</summary>
    private ServiceAnswer Delivered(Pending pending, DeviceOutcome outcome, DateTimeOffset now)
    {
        if (outcome.Body is not FirmwareVerificationAlert alert)
        {
            FirmwareDistributionFailure failure = new(pending.Request.Id, [pending.Device.DeviceId]);
            string failureXml = AlertFormat.Write(failure, _options.FirmwareDistributionFailureCode);
            DuisResponse undelivered = new(ResponseCodes.Success, now, new UnmodelledMessage("DCCAlertMessage", failureXml));
            return new ServiceAnswer(ResponseCodes.Success, failure, Write(undelivered, pending.Request.Id.Originator));
        }

        Smets1Header header = new(pending.Device.DeviceId, pending.Request.Id.Originator, pending.Request.Id.Counter)
        {
            Timestamp = new Smets1Timestamp(now),
        };
        DuisResponse response = new(
            ResponseCodes.Success, now, new Smets1ResponseMessage(header) { DeviceAlertXml = AlertFormat.Write(alert) });
        return new ServiceAnswer(ResponseCodes.Success, alert, Write(response, pending.Request.Id.Originator), Signed);
    }

    private ServiceDecision Accept(DuisRequest request, SrvEntry entry, InventoryDevice device, DateTimeOffset now)
    {
        if (_pending.Count >= MaxPendingRequests)
        {
            throw new InvalidOperationException($"{MaxPendingRequests} requests wait for their devices already");
        }

        if (!_pending.TryAdd(request.Id, new Pending(request, entry, device)))
        {
            throw new InvalidOperationException($"request {request.Id} waits already, and the table of checks let it pass again");
        }

        _counters[(request.Id.Originator, request.Id.Target)] = request.Id.Counter;
        _log.Accept(request.Id);
        IReadOnlyList<string> warnings = request.Body is IFutureDatable { ExecutionDateTime: { } time } && time <= now
            ? [$"the request is dated {DuisText.Time(time)}, which is past: it is carried out at once"]
            : [];
        return new ServiceDecision(
            request.Id,
            Message(request, ResponseCodes.Acknowledged, now),
            new DeviceCommand(request.Id, device, request.Body),
            null,
            null,
            warnings);
    }

    private ServiceAnswer Done(Pending pending, DeviceOutcome outcome, DateTimeOffset now)
    {
        SrvResponseBody body = Checked(pending, outcome.Body)
            ?? throw new ArgumentException("the device carried the request out, and its answer is missing", nameof(outcome));
        if (body is ReadFirmwareVersionRsp { FirmwareVersion: { } version } && _options.DeviceStatus.FirmwareReadUpdatesInventory)
        {
            _inventory.Update(pending.Device.DeviceId, device => Updated(device, version));
        }

        if (body is CommissionDeviceSynchroniseClockRsp { ElecClockTimeStatus: ClockTimeStatus.Reliable })
        {
            _inventory.Update(pending.Device.DeviceId, device => device.Status == DeviceStatus.InstalledNotCommissioned
                ? device with { Status = DeviceStatus.Commissioned }
                : device);
        }

        // A successful activation updated the inventory before MP105 too.
        if (body is ActivateFirmwareRsp { FirmwareVersion: { } activated })
        {
            _inventory.Update(pending.Device.DeviceId, device => Updated(device, activated));
            _upset = _options.UpsetByUpgrade > TimeSpan.Zero ? (pending.Device.DeviceId, now + _options.UpsetByUpgrade) : null;
        }

        return Envelope(pending, body with { MessageSuccess = true }, [], now);
    }

    private InventoryDevice Updated(InventoryDevice device, string version)
    {
        InventoryDevice updated = device with { FirmwareVersion = version };
        return device.Status == DeviceStatus.Suspended ? _options.ProductsList.Judge(updated) : updated;
    }

    private sealed record Pending(DuisRequest Request, SrvEntry Entry, InventoryDevice Device);
}
