using System.Buffers;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Wrapper;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Codecs.ZigBee;

namespace DeviceHarness.Codecs.Explain;

/// <summary>Says in words what APS frames, ZCL frames and ZDO messages mean, down to attribute and unit.</summary>
internal static class ZigBeeExplainer
{
    /// <summary>Explains an APS frame and what it carries.</summary>
    public static void ExplainAps(ExplanationWriter writer, ReadOnlySpan<byte> octets)
    {
        if (ApsFrame.Read(octets, out ApsFrame frame, out CodecFault fault) != OperationStatus.Done)
        {
            writer.Line(0, $"no APS frame: {ExplanationWriter.Hex(octets)}");
            writer.Fault(0, fault);
            return;
        }

        ApsHeader header = frame.Header;
        int offset = octets.Length - frame.Payload.Length;
        string target = header.Delivery == ApsDelivery.Group ? $"group {header.Group:X4}" : $"endpoint {header.DestinationEndpoint}";
        string addresses = header.Type == ApsFrameType.Data
            ? $" to {target}, from endpoint {header.SourceEndpoint}, profile {header.Profile:X4}, cluster {header.Cluster:X4}"
            : "";
        writer.Line(
            0, $"APS {header.Type} {header.Delivery}{addresses}, counter {header.Counter}"
            + (header.WantsAcknowledgement ? ", acknowledgement wanted" : "") + (header.IsSecured ? ", secured" : ""));
        writer.Enter();
        if (header.Type != ApsFrameType.Data || header.IsSecured || header.Fragment is not null)
        {
            Rest(writer, frame.Payload, offset, header.IsSecured ? "ciphered" : header.Fragment is null ? "payload" : "fragment");
        }
        else if (header.Profile == ZigBeeProfile.Device)
        {
            ExplainZdo(writer, frame.Payload, header.Cluster, offset);
        }
        else
        {
            ExplainZcl(writer, frame.Payload, header.Cluster, offset);
        }

        writer.Leave();
    }

    /// <summary>Explains a ZDO message.</summary>
    public static void ExplainZdo(ExplanationWriter writer, ReadOnlySpan<byte> octets, ushort? cluster, int offset = 0)
    {
        if (cluster is not { } known || ZdoMessages.Find(known) is not { } message)
        {
            writer.Line(offset, cluster is null ? "ZDO message; name its cluster to have its fields" : $"ZDO {cluster:X4}");
            Rest(writer, octets, offset, "payload");
            return;
        }

        writer.Line(offset, $"ZDO {known:X4} {message.Name}");
        ExplainPayload(writer, message.Layout, octets, offset, null);
    }

    /// <summary>Explains a ZCL frame.</summary>
    public static void ExplainZcl(ExplanationWriter writer, ReadOnlySpan<byte> octets, ushort? cluster, int offset = 0)
    {
        if (ZclFrame.Read(octets, out ZclFrame frame, out CodecFault fault) != OperationStatus.Done)
        {
            writer.Line(offset, $"no ZCL frame: {ExplanationWriter.Hex(octets)}");
            writer.Fault(offset, fault);
            return;
        }

        ZclHeader header = frame.Header;
        Cluster? known = cluster is { } id ? ClusterCatalogue.Find(id) : null;
        CommandDefinition? definition = cluster is null && header.Type == ZclFrameType.Cluster
            ? null
            : ClusterCatalogue.Find(cluster ?? 0, header);
        string command = definition?.Name ?? (cluster is null ? "command of a cluster" : "command not known");
        string of = cluster is null ? "" : known is null ? $" cluster {cluster:X4}" : $" {known.Id:X4} {known.Name}";
        writer.Line(
            offset, $"ZCL{of}, {header.Command:X2} {command} from the {Side(header.From)}, "
            + $"sequence {header.Sequence}"
            + (header.ManufacturerCode is { } code ? $", manufacturer {code:X4}" : "")
            + (header.DisableDefaultResponse ? ", default response disabled" : ""));
        int payload = offset + octets.Length - frame.Payload.Length;
        if (definition is null)
        {
            writer.Enter();
            string hint = cluster is null && header.Type == ZclFrameType.Cluster ? "; name its cluster to have its fields" : "";
            Rest(writer, frame.Payload, payload, $"payload{hint}");
            writer.Leave();
            return;
        }

        ExplainPayload(writer, definition.Layout, frame.Payload, payload, AttributeNames.For(known, header));
    }

    private static void ExplainPayload(
        ExplanationWriter writer, MessageLayout layout, ReadOnlySpan<byte> octets, int offset, AttributeNames? names)
    {
        OperationStatus status = layout.Read(octets, out MessageContent content, out CodecFault fault);
        names?.Learn(content);
        writer.Enter();
        ExplainFields(writer, content, offset, names);
        if (status != OperationStatus.Done)
        {
            writer.Fault(offset, fault);
        }
        else if (!content.Trailing.IsEmpty)
        {
            Rest(writer, content.Trailing.Span, offset + content.TrailingOffset, "behind the last known field");
        }

        writer.Leave();
    }

    private static void ExplainFields(ExplanationWriter writer, MessageContent content, int offset, AttributeNames? names)
    {
        foreach (LayoutField field in content.Fields)
        {
            if (!content.Has(field.Name) || !field.IsThere(content))
            {
                continue;
            }

            int at = offset + content.OffsetOf(field);
            if (field.Kind != LayoutFieldKind.Group)
            {
                ExplainField(writer, content, field, at);
                continue;
            }

            foreach (MessageContent item in content.Items(field.Name))
            {
                ExplainItem(writer, item, offset, names);
                if (writer.IsFull)
                {
                    return;
                }
            }

            if (content.Items(field.Name).Count == 0)
            {
                writer.Line(at, $"no {field.Name}");
            }
        }
    }

    private static void ExplainItem(ExplanationWriter writer, MessageContent item, int offset, AttributeNames? names)
    {
        string attribute = names?.Of(item) ?? "";
        IEnumerable<string> texts = item.Fields
            .Where(field => field.Kind != LayoutFieldKind.Group && item.Has(field.Name) && !(attribute.Length > 0 && field.Name == "attr"))
            .Select(field => $"{field.Name} {Text(item, field)}");
        string line = string.Join(", ", attribute.Length > 0 ? texts.Prepend(attribute) : texts);
        writer.Line(offset + item.Offset, line + (names?.Scaled(item) ?? ""));
        writer.Enter();
        foreach (LayoutField group in item.Fields.Where(field => field.Kind == LayoutFieldKind.Group))
        {
            foreach (MessageContent inner in item.Items(group.Name))
            {
                ExplainItem(writer, inner, offset, null);
            }
        }

        writer.Leave();
    }

    private static void ExplainField(ExplanationWriter writer, MessageContent content, LayoutField field, int offset)
    {
        writer.Line(offset, $"{field.Name} {Text(content, field)}{MoneyText.Of(content, field)}");
        if (field.Name != "data" || field.CountedBy is not null)
        {
            return;
        }

        // A tunnel's octets: those of the TCP wrapper say themselves that they are.
        ReadOnlySpan<byte> octets = content.Octets(field.Name).Span;
        if (WrapperHeader.Decode(octets, out WrapperHeader header, out int consumed, out _) == OperationStatus.Done
            && header.ApduOctets == octets.Length - consumed && header.ApduOctets > 0)
        {
            writer.Enter();
            writer.Line(offset, $"wrapper from port {header.SourcePort} to port {header.DestinationPort}, {header.ApduOctets} octets");
            ApduExplainer.Explain(writer, octets[consumed..], offset + consumed);
            writer.Leave();
        }
    }

    private static string Text(MessageContent content, LayoutField field)
    {
        ZclData value = content.Value(field.Name);
        if (field.IsSecret || value.Type == ZclDataType.SecurityKey)
        {
            return $"({value.Octets.Length} octets, not shown)";
        }

        bool isNumber = value.View.TryGetUInt64(out ulong number);
        bool isNow = isNumber && number == ZclTime.Now && field.Name is ("start_time" or "implementation_date_time");
        bool isBitmap = value.Type is >= ZclDataType.Bitmap8 and <= ZclDataType.Bitmap64;
        string words = isNow ? "now" : isNumber ? ValueWords.Of(field.Words, number, isBitmap) : "";
        string text = field.Kind == LayoutFieldKind.Octets
            ? ExplanationWriter.Hex(value.Octets.Span)
            : field.Kind == LayoutFieldKind.TypedValue ? Cut(value.ToString()) : Cut(value.ContentText);
        return words.Length == 0 ? text : $"{text} {words}";
    }

    private static string Cut(string text) =>
        text.Length <= 4 * ExplanationWriter.MaximumShownOctets ? text : $"{text.AsSpan(0, 4 * ExplanationWriter.MaximumShownOctets)}...";

    private static string Side(ZclSide side) => side == ZclSide.Server ? "server" : "client";

    private static void Rest(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset, string what)
    {
        if (!octets.IsEmpty)
        {
            writer.Line(offset, $"{octets.Length} octets {what}: {ExplanationWriter.Hex(octets)}");
        }
    }
}
