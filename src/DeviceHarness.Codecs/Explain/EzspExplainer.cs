using System.Buffers;
using DeviceHarness.Codecs.Capture;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.ZigBee;

namespace DeviceHarness.Codecs.Explain;

/// <summary>Says in words what EZSP frames are, and what the messages in them say. No key is shown.</summary>
/// <param name="isTold">Whether a frame that cannot be read makes the octets malformed; not where only the frames around it were asked
/// for.</param>
internal sealed class EzspExplainer(bool isTold)
{
    private readonly EzspFollower _follower = new();
    private readonly HanMessages _messages = new();

    /// <summary>Explains the next frame of a session.</summary>
    public void Explain(ExplanationWriter writer, ReadOnlyMemory<byte> octets, int offset = 0)
    {
        OperationStatus status = _follower.Read(
            octets, out EzspHeader header, out ReadOnlyMemory<byte> parameters, out EzspVersion version, out CodecFault fault);
        if (status != OperationStatus.Done)
        {
            writer.Line(offset, $"no EZSP frame: {octets.Length} octets");
            Tell(writer, offset, fault);
            return;
        }

        string who = (header.IsResponse, header.Callback) switch
        {
            (false, _) => "command",
            (true, EzspCallbackKind.None) => "answer",
            _ => "callback",
        };
        string assumed = _follower.Agreed is null && header.FrameId != EzspFrameId.Version ? " assumed" : "";
        AdapterFrame frame = new(header, parameters, version);
        writer.Line(offset, $"{version}{assumed} {who} {header.Sequence}, {frame}");
        if (!EzspCatalogue.Fits(header, parameters, version))
        {
            Tell(writer, offset, new(CodecFaultKind.Truncated, octets.Length, -1, -1, $"EZSP {header.FrameId}"));
        }

        if (_messages.Find(frame) is not { } message)
        {
            return;
        }

        writer.Enter();
        ApsHeader aps = message.Message.Header;
        writer.Line(
            offset, $"{(message.IsSent ? "to" : "from")} {(message.IsSent ? message.Message.Destination : message.Message.Source):X4}, "
            + $"endpoint {aps.SourceEndpoint} to {aps.DestinationEndpoint}, profile {aps.Profile:X4}. {message.Remark}");
        if (aps.Profile == ZigBeeProfile.Device)
        {
            ZigBeeExplainer.ExplainZdo(writer, message.Message.Asdu.Span, aps.Cluster, offset);
        }
        else
        {
            ZigBeeExplainer.ExplainZcl(writer, message.Message.Asdu.Span, aps.Cluster, offset);
        }

        writer.Leave();
    }

    private void Tell(ExplanationWriter writer, int offset, CodecFault fault)
    {
        if (isTold)
        {
            writer.Fault(offset, fault);
        }
    }
}
