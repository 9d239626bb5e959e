using System.Xml;
using DeviceHarness.Duis;
using DeviceHarness.Orchestrator.Rigs;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Services;

/// <summary>Takes a Service Request that belongs to no pack to the rig that has its target device.</summary>
internal sealed class ServiceRequestRelay(RigRegistry rigs, RigDeskServices services)
{
    /// <summary>The largest request in characters: far above any Service Request but a firmware image, which does not come this
    /// way.</summary>
    public const int MaximumCharacters = 1024 * 1024;

    /// <summary>Sends the request and waits for its answer.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: no RequestID can be read. NOT_FOUND: no connected rig has the target device.
    /// DEADLINE_EXCEEDED: the rig did not answer in time. UNAVAILABLE: the rig went away.</exception>
    public async Task<V1.SendServiceRequestReply> SendAsync(V1.SendServiceRequestRequest request, CancellationToken cancellationToken)
    {
        RigSession session = Choose(request);
        TimeSpan patience = services.Options.ServiceRequestTimeout;
        using CancellationTokenSource late = new(patience, services.Options.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            V1.AdHocAnswer answer = await session.AskAsync(request.RequestXml, either.Token).ConfigureAwait(false);
            V1.SendServiceRequestReply reply = new()
            {
                AcknowledgementXml = answer.AcknowledgementXml,
                ResponseXml = answer.ResponseXml,
                DccAlertXml = answer.DccAlertXml,
                Latency = answer.Latency,
                ErrorCode = answer.ErrorCode,
                Error = answer.Error,
            };
            reply.Warnings.AddRange(answer.Warnings);
            return reply;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new RpcException(new Status(
                StatusCode.DeadlineExceeded,
                $"the rig {session.Rig} did not answer in {patience}; whether the device carried the request out is not known. "
                + "Read the device's state before you send it again."));
        }
    }

    private RigSession Choose(V1.SendServiceRequestRequest request)
    {
        if (request.Rig.Length > 0)
        {
            return rigs.Find(request.Rig)?.Session
                ?? throw NotFound($"the rig '{request.Rig}' is not connected. {WhatIsThere()}");
        }

        Eui64 target = TargetOf(request.RequestXml);
        IReadOnlyList<RigDesk> connected = rigs.Connected;
        RigDesk? owner = connected.FirstOrDefault(
            desk => desk.Record is { } record && record.Devices.Any(device => device.Device.Eui64 == target));

        // A request to a device that nobody has is still worth an answer (E-codes): the only rig gives it.
        return (owner ?? (connected.Count == 1 ? connected[0] : null))?.Session
            ?? throw NotFound($"no connected rig has the device {target}. {WhatIsThere()}");
    }

    private string WhatIsThere()
    {
        IReadOnlyList<RigDesk> connected = rigs.Connected;
        return connected.Count == 0
            ? "No rig is connected: start one with 'harness agent'."
            : $"Connected: {string.Join(", ", connected.Select(desk => desk.Name))}. "
                + "Name one with --rig, or see 'harness rigs' for their devices.";
    }

    private static RpcException NotFound(string detail) => new(new Status(StatusCode.NotFound, detail));

    // Only the address is read here; everything else about the request is the service's to judge, on the rig.
    private static Eui64 TargetOf(string requestXml)
    {
        XmlReaderSettings settings = new()
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaximumCharacters,
        };
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(requestXml), settings);
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "RequestID" })
                {
                    string text = reader.ReadElementContentAsString().Trim();
                    return RequestId.TryParse(text, out RequestId id)
                        ? id.Target
                        : throw Invalid($"the RequestID '{text}' is not originator:target:counter with two EUI-64 and a number");
                }
            }
        }
        catch (XmlException exception)
        {
            throw Invalid($"the request is not XML (line {exception.LineNumber}, column {exception.LinePosition}): {exception.Message}");
        }

        throw Invalid("the request has no element RequestID, so its target device is not known");
    }

    private static RpcException Invalid(string detail) => new(new Status(StatusCode.InvalidArgument, detail));
}
