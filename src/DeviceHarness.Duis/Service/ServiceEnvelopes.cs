using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Hub;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Signatures;
using DeviceHarness.Duis.Xml;

namespace DeviceHarness.Duis.Service;

/// <summary>Writes what the service tells a User, in the version that the User's system speaks. Safe for use from any thread.</summary>
internal sealed class ServiceEnvelopes(ServiceOptions options)
{
    private const string DccAlert = "DCCAlertMessage";

    /// <summary>A message that holds a code, and data of the service's own where it has any.</summary>
    public ServiceAnswer Message(DuisRequest request, string code, DateTimeOffset now, string? dataXml = null)
    {
        ResponseMessage message = new(request.ServiceReferenceVariant) { DataXml = dataXml };
        DuisResponse response = new(code, now, message) { RequestId = request.Id };
        return new ServiceAnswer(code, null, Write(response, request.Id.Originator));
    }

    /// <summary>The acknowledgement of an 11.1 or an 11.4, with the devices that are left out.</summary>
    public ServiceAnswer Message(DuisRequest request, UpdateFirmwareWarning leftOut, DateTimeOffset now)
    {
        string srv = request.ServiceReferenceVariant;
        string warning = srv == UpdatePpmidFirmware.Variant
            ? ResponseCodes.UpdatePpmidFirmwareWarning
            : ResponseCodes.UpdateFirmwareWarning;
        return leftOut.IsEmpty
            ? Message(request, ResponseCodes.Success, now)
            : Message(request, warning, now, FirmwareFormat.WriteWarning(leftOut, srv));
    }

    /// <summary>A message that the device was not reached.</summary>
    public ServiceAnswer Unreached(DuisRequest request, DateTimeOffset now) => Message(request, ResponseCodes.Unreachable, now);

    /// <summary>A later device's answer without its payload.</summary>
    /// <remarks>What a User's Parse and Correlate would make of the device's GBCS message is the body; the message itself is not made
    /// up.</remarks>
    public ServiceAnswer WithoutPayload(DuisRequest request, SrvResponseBody body, DateTimeOffset now)
    {
        DuisResponse response = new(ResponseCodes.Success, now, new ResponseMessage(request.ServiceReferenceVariant))
        {
            RequestId = request.Id,
            ResponseId = request.Id.Answer,
        };
        return new ServiceAnswer(ResponseCodes.Success, body, Write(response, request.Id.Originator));
    }

    /// <summary>A SMETS1 device's answer.</summary>
    public ServiceAnswer Smets1(DuisRequest request, SrvResponseBody body, IReadOnlyList<Smets1Debug> debug, DateTimeOffset now)
    {
        RequestId answerId = request.Id.Answer;
        string srv = request.ServiceReferenceVariant;
        Smets1Header header = new(answerId.Originator, answerId.Target, answerId.Counter)
        {
            ServiceReferenceVariant = srv,
            Timestamp = new Smets1Timestamp(now),
        };
        Smets1ResponseMessage message = new(header) { ServiceReferenceVariant = srv, Body = body, DebugInfo = debug };
        DuisResponse response = new(ResponseCodes.Success, now, message) { RequestId = request.Id, ResponseId = answerId };
        return new ServiceAnswer(ResponseCodes.Success, body, Write(response, request.Id.Originator), Signed)
        {
            DccAlert = body is UpdateHANDeviceLogRsp { MessageSuccess: true } && !options.TellsNoDeviceLogResult
                ? DeviceLogUpdated(request.Id, now)
                : null,
        };
    }

    /// <summary>What a SMETS1 device told unasked, under a number of the service's own.</summary>
    public ServiceAnswer Alert(
        Eui64 device, Eui64 recipient, DeviceAlert alert, ulong number, AlertForwarding forwarding, DateTimeOffset now)
    {
        Smets1ResponseMessage content = new(new Smets1Header(device, recipient, number) { Timestamp = new Smets1Timestamp(now) })
        {
            ThrottledAlertSequenceId = forwarding.SequenceId,
            ThrottledAlertCount = forwarding.Count,
            DeviceAlertXml = AlertFormat.Write(alert),
        };
        return OfDevice(content, alert, recipient, now);
    }

    /// <summary>What became of the delivery of an 11.1 or an 11.4: the device's alert, or the service's own.</summary>
    public ServiceAnswer Delivered(RequestId requestId, Eui64 device, SrvResponseBody? told, DateTimeOffset now)
    {
        if (told is PpmidAlert taken)
        {
            return OfService(taken, AlertFormat.Write(taken, options.PpmidAlertCode), requestId.Originator, now);
        }

        if (told is not FirmwareVerificationAlert alert)
        {
            FirmwareDistributionFailure failure = new(requestId, [device]);
            return OfService(failure, AlertFormat.Write(failure, options.FirmwareDistributionFailureCode), requestId.Originator, now);
        }

        Smets1Header header = new(device, requestId.Originator, requestId.Counter) { Timestamp = new Smets1Timestamp(now) };
        return OfDevice(
            new Smets1ResponseMessage(header) { DeviceAlertXml = AlertFormat.Write(alert) }, alert, requestId.Originator, now);
    }

    /// <summary>The DCC alert that a request went into quarantine.</summary>
    public ServiceAnswer Quarantined(RequestId requestId, long eventRef, DateTimeOffset now)
    {
        QuarantinedRequest alert = new(requestId, eventRef);
        return OfService(alert, AlertFormat.Write(alert, options.QuarantineAlertCode), requestId.Originator, now);
    }

    private ServiceAnswer DeviceLogUpdated(RequestId requestId, DateTimeOffset now)
    {
        UpdateHANDeviceLogResult alert = new(requestId);
        return OfService(alert, AlertFormat.Write(alert, options.DeviceLogUpdatedCode), requestId.Originator, now);
    }

    private ServiceAnswer OfDevice(Smets1ResponseMessage content, SrvResponseBody alert, Eui64 recipient, DateTimeOffset now) =>
        new(ResponseCodes.Success, alert, Write(new DuisResponse(ResponseCodes.Success, now, content), recipient), Signed);

    private ServiceAnswer OfService(SrvResponseBody alert, string xml, Eui64 user, DateTimeOffset now) => new(
        ResponseCodes.Success, alert, Write(new DuisResponse(ResponseCodes.Success, now, new UnmodelledMessage(DccAlert, xml)), user));

    /// <summary>Writes an answer in the version that the User's system speaks, inside and around.</summary>
    private string Write(DuisResponse response, Eui64 user)
    {
        if (!options.ClientVersions.TryGetValue(user, out string? version))
        {
            return DuisResponseWriter.Write(response);
        }

        DuisResponseContent content = response.Content is Smets1ResponseMessage smets1
            ? smets1 with { SignedResponseVersion = version }
            : response.Content;
        return DuisResponseWriter.Write(response with { SchemaVersion = version, Content = content });
    }

    /// <summary>Signs a device's answer: the SMETS1 Service Provider inside, then the service around it.</summary>
    private string Signed(string xml)
    {
        string inner = options.ServiceProviderKey is { } provider ? XmlSignature.SignSmets1(xml, provider) : xml;
        return options.ServiceKey is { } service ? XmlSignature.Sign(inner, service) : inner;
    }
}
