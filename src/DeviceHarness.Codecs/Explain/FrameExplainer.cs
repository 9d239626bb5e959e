using System.Buffers;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Llc;
using DeviceHarness.Codecs.Wrapper;
using SegmentsByWay = System.Collections.Generic.Dictionary<
    (DeviceHarness.Codecs.Hdlc.HdlcAddress Destination, DeviceHarness.Codecs.Hdlc.HdlcAddress Source),
    System.Collections.Generic.List<byte>>;

namespace DeviceHarness.Codecs.Explain;

/// <summary>
/// Says in words what octets mean: a sign-on, HDLC frames, a TCP wrapper, or a bare APDU, down to objects, attributes and values.
/// </summary>
/// <remarks>
/// It never throws, whatever the octets; what is wrong becomes a line with the clause. Passwords and dedicated keys are not shown.
/// Each line starts with the offset of its octets in hexadecimal. Thread safe.
/// </remarks>
public static class FrameExplainer
{
    /// <summary>The most lines that an explanation has, not counting the one that says it was cut.</summary>
    public const int MaximumLines = ExplanationWriter.MaximumLines;

    private const byte FormatTypeMask = 0xF0;
    private const byte FormatType = 0xA0;

    /// <summary>Explains octets.</summary>
    /// <param name="octets">
    /// Messages of IEC 62056-21 and HDLC frames behind them, one or more HDLC frames, an HDLC frame without its flags,
    /// a wrapper with its APDU, an LLC header with its APDU, or an APDU.
    /// </param>
    /// <returns>At least one line.</returns>
    public static IReadOnlyList<string> Explain(ReadOnlySpan<byte> octets) => Explain(octets, out _);

    /// <summary>Explains octets, and says whether anything was wrong with them.</summary>
    /// <param name="octets">As for <see cref="Explain(ReadOnlySpan{byte})"/>.</param>
    /// <param name="isWellFormed">False when a line tells of a fault, or when there were no octets.</param>
    /// <returns>At least one line.</returns>
    public static IReadOnlyList<string> Explain(ReadOnlySpan<byte> octets, out bool isWellFormed) =>
        Explain(octets, ExplainOptions.Default, out isWellFormed);

    /// <summary>Explains octets of which the reader knows more, and says whether anything was wrong with them.</summary>
    /// <param name="octets">As for <see cref="Explain(ReadOnlySpan{byte})"/>; of the layer that the options name.</param>
    /// <param name="options">What the octets are, and the keys for what is ciphered in them. No key is shown.</param>
    /// <param name="isWellFormed">False when a line tells of a fault, such as a tag that no key fits, or when there were no octets.</param>
    /// <returns>At least one line.</returns>
    public static IReadOnlyList<string> Explain(ReadOnlySpan<byte> octets, ExplainOptions options, out bool isWellFormed)
    {
        ArgumentNullException.ThrowIfNull(options);
        using Decipherer? decipherer = options.Keys is null ? null : new Decipherer(options.Keys);
        ExplanationWriter writer = new() { Decipherer = decipherer };
        if (octets.IsEmpty)
        {
            writer.Line(0, "no octets");
        }
        else
        {
            ExplainAs(writer, octets, options.Layer == ExplainLayer.Automatic ? LayerOf(octets) : options.Layer, options.Cluster);
        }

        isWellFormed = writer.IsWellFormed && !octets.IsEmpty;
        return writer.Lines;
    }

    private static ExplainLayer LayerOf(ReadOnlySpan<byte> octets) => octets switch
    {
        _ when SignOnExplainer.IsMessage(octets) || SignOnExplainer.HasParity(octets) => ExplainLayer.SignOn,
        _ when octets.Contains(HdlcFrameCodec.Flag) && LooksLikeFrames(octets) => ExplainLayer.Hdlc,
        _ when IsWithoutFlags(octets) => ExplainLayer.Hdlc,
        [0, ..] => ExplainLayer.Wrapper,
        _ => ExplainLayer.Llc,
    };

    private static bool IsWithoutFlags(ReadOnlySpan<byte> octets) => (octets[0] & FormatTypeMask) == FormatType;

    private static void ExplainAs(ExplanationWriter writer, ReadOnlySpan<byte> octets, ExplainLayer layer, ushort? cluster)
    {
        switch (layer)
        {
            case ExplainLayer.Hdlc when IsWithoutFlags(octets) && !LooksLikeFrames(octets):
                writer.Line(0, "HDLC frame without flags");
                ExplainFrames(writer, (byte[])[HdlcFrameCodec.Flag, .. octets, HdlcFrameCodec.Flag]);
                break;
            case ExplainLayer.Hdlc:
                ExplainFrames(writer, octets);
                break;
            case ExplainLayer.SignOn when SignOnExplainer.HasParity(octets):
                writer.Line(0, "parity bits in bit 7, taken away");
                ExplainFrames(writer, octets, SignOnExplainer.Explain(writer, SignOnExplainer.WithoutParity(octets)));
                break;
            case ExplainLayer.SignOn:
                ExplainFrames(writer, octets, SignOnExplainer.Explain(writer, octets));
                break;
            case ExplainLayer.Wrapper:
                ExplainWrapper(writer, octets);
                break;
            case ExplainLayer.Apdu:
                ApduExplainer.Explain(writer, octets, 0);
                break;
            case ExplainLayer.Data:
                ExplainValues(writer, octets);
                break;
            case ExplainLayer.Ash:
                AshExplainer.Explain(writer, octets);
                break;
            case ExplainLayer.Ezsp:
                new EzspExplainer(isTold: true).Explain(writer, octets.ToArray());
                break;
            case ExplainLayer.Aps:
                ZigBeeExplainer.ExplainAps(writer, octets);
                break;
            case ExplainLayer.Zcl:
                ZigBeeExplainer.ExplainZcl(writer, octets, cluster);
                break;
            case ExplainLayer.Zdo:
                ZigBeeExplainer.ExplainZdo(writer, octets, cluster);
                break;
            default:
                ExplainInformation(writer, octets, 0);
                break;
        }
    }

    private static void ExplainValues(ExplanationWriter writer, ReadOnlySpan<byte> octets)
    {
        AxdrReader reader = new(octets);
        int offset = 0;
        while (offset < octets.Length && reader.TrySkipValue(out ReadOnlySpan<byte> value))
        {
            DataExplainer.Explain(writer, value, offset);
            offset = reader.ConsumedOctets;
        }

        if (reader.Status != OperationStatus.Done)
        {
            writer.Line(offset, $"no value: {ExplanationWriter.Hex(octets[offset..])}");
            writer.Fault(0, reader.Fault);
        }
    }

    private static bool LooksLikeFrames(ReadOnlySpan<byte> octets)
    {
        // An APDU may hold a flag octet too: only what starts with a flag, or holds a whole frame after some noise, is taken for frames.
        if (octets[0] == HdlcFrameCodec.Flag)
        {
            return true;
        }

        HdlcFrameCodec.Decode(octets, out _, out int noise, out _);
        return noise < octets.Length && HdlcFrameCodec.Decode(octets[noise..], out _, out _, out _) == OperationStatus.Done;
    }

    private static void ExplainFrames(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset = 0)
    {
        SegmentsByWay segments = [];
        while (offset < octets.Length && !writer.IsFull)
        {
            ReadOnlySpan<byte> rest = octets[offset..];
            OperationStatus status = HdlcFrameCodec.Decode(rest, out HdlcFrame frame, out int consumed, out CodecFault fault);
            if (status == OperationStatus.Done)
            {
                ExplainFrame(writer, frame, rest[..consumed], offset, segments);

                // The closing flag may open the next frame.
                offset += consumed < rest.Length && rest[consumed] != HdlcFrameCodec.Flag ? consumed - 1 : consumed;
                continue;
            }

            if (status == OperationStatus.NeedMoreData)
            {
                if (rest.ContainsAnyExcept(HdlcFrameCodec.Flag))
                {
                    writer.Line(offset, $"incomplete HDLC frame: {ExplanationWriter.Hex(rest)}");
                    writer.Fault(offset, fault);
                }
                else if (offset == 0)
                {
                    writer.Line(offset, "only flags");
                }

                return;
            }

            writer.Line(offset, $"no HDLC frame: {ExplanationWriter.Hex(rest[..consumed])}");
            writer.Fault(offset, fault);
            offset += consumed;
        }
    }

    private static void ExplainFrame(
        ExplanationWriter writer, in HdlcFrame frame, ReadOnlySpan<byte> whole, int offset, SegmentsByWay segments)
    {
        int start = offset + whole.FirstAfterFlags();
        string segmented = frame.IsSegmented ? ", segmented" : "";
        int length = offset + whole.Length - 1 - start;
        writer.Line(start, $"HDLC {frame.Control}, destination {frame.Destination}, source {frame.Source}, length {length}{segmented}");
        if (frame.Information.IsEmpty)
        {
            return;
        }

        int informationOffset = offset + whole.Length - 3 - frame.Information.Length;
        writer.Enter();
        switch (frame.Control.Kind)
        {
            case HdlcFrameKind.Snrm or HdlcFrameKind.Ua:
                ExplainParameters(writer, frame.Information, informationOffset);
                break;
            case HdlcFrameKind.Frmr:
                ExplainReject(writer, frame.Information, informationOffset);
                break;
            default:
                ExplainSegment(writer, frame, informationOffset, segments);
                break;
        }

        writer.Leave();
    }

    private static void ExplainSegment(ExplanationWriter writer, in HdlcFrame frame, int offset, SegmentsByWay segments)
    {
        (HdlcAddress Destination, HdlcAddress Source) way = (frame.Destination, frame.Source);
        if (!segments.TryGetValue(way, out List<byte>? message))
        {
            if (!frame.IsSegmented)
            {
                ExplainInformation(writer, frame.Information, offset);
                return;
            }

            message = [];
            segments.Add(way, message);
        }

        message.AddRange(frame.Information);
        writer.Line(offset, $"segment of {frame.Information.Length} octets, {message.Count} so far");
        if (!frame.IsSegmented)
        {
            segments.Remove(way);
            writer.Line(offset, $"reassembled message of {message.Count} octets; its offsets count from its own start");
            ExplainInformation(writer, message.ToArray(), 0);
        }
    }

    private static void ExplainParameters(ExplanationWriter writer, ReadOnlySpan<byte> information, int offset)
    {
        OperationStatus status = HdlcParameters.Decode(
            information, out HdlcParameters parameters, out HdlcUnknownParameters unknown, out _, out CodecFault fault);
        if (status != OperationStatus.Done)
        {
            writer.Line(offset, $"information {ExplanationWriter.Hex(information)}");
            writer.Fault(offset, fault);
            return;
        }

        writer.Line(
            offset,
            $"parameters: information transmit {parameters.MaximumInformationTransmitOctets}, "
            + $"receive {parameters.MaximumInformationReceiveOctets} octets; "
            + $"window transmit {parameters.WindowTransmitFrames}, receive {parameters.WindowReceiveFrames} frames"
            + (parameters.IsInRange ? "" : "; out of range")
            + (unknown.Count == 0 ? "" : $"; {unknown.Count} unknown, first {unknown.FirstIdentifier:X2}"));
    }

    private static void ExplainReject(ExplanationWriter writer, ReadOnlySpan<byte> information, int offset)
    {
        if (HdlcRejectInformation.Decode(information, out HdlcRejectInformation reject, out _, out CodecFault fault)
            != OperationStatus.Done)
        {
            writer.Fault(offset, fault);
            return;
        }

        string reasons = (reject.IsUndefinedControl ? " W undefined control" : "")
            + (reject.IsInformationNotAllowed ? " X information not allowed" : "")
            + (reject.IsInformationTooLong ? " Y information too long" : "")
            + (reject.IsInvalidReceiveSequence ? " Z invalid N(R)" : "");
        string reason = reasons.Length == 0 ? $" reason {reject.ReasonOctet:X2}" : reasons;
        writer.Line(offset, $"rejected {reject.RejectedControl}, V(S)={reject.SendState} V(R)={reject.ReceiveState},{reason}");
    }

    private static void ExplainWrapper(ExplanationWriter writer, ReadOnlySpan<byte> octets)
    {
        int offset = 0;
        while (offset < octets.Length && !writer.IsFull)
        {
            ReadOnlySpan<byte> rest = octets[offset..];
            if (WrapperHeader.Decode(rest, out WrapperHeader header, out int head, out CodecFault fault) != OperationStatus.Done)
            {
                string what = offset == 0 ? "no frame, wrapper or APDU" : "octets after the wrapper's APDU";
                writer.Line(offset, $"{what}: {ExplanationWriter.Hex(rest)}");
                writer.Fault(offset, fault);
                return;
            }

            writer.Line(
                offset, $"wrapper from port {header.SourcePort} to port {header.DestinationPort}, {header.ApduOctets} octets");
            int present = Math.Min(header.ApduOctets, rest.Length - head);
            writer.Enter();
            if (present > 0)
            {
                ApduExplainer.Explain(writer, rest.Slice(head, present), offset + head);
            }

            writer.Leave();
            if (present < header.ApduOctets)
            {
                writer.Line(octets.Length, $"{header.ApduOctets - present} octets are missing");
                writer.Fault(octets.Length, new(CodecFaultKind.Truncated, 0, header.ApduOctets, present, "IEC 62056-47 wrapper length"));
            }

            offset += head + present;
        }
    }

    private static void ExplainInformation(ExplanationWriter writer, ReadOnlySpan<byte> octets, int offset)
    {
        if (LlcHeader.Decode(octets, out LlcHeader llc, out int consumed, out _) != OperationStatus.Done)
        {
            ApduExplainer.Explain(writer, octets, offset);
            return;
        }

        writer.Line(offset, llc.IsResponse ? "LLC E6E700, from the server" : "LLC E6E600, from the client");
        if (consumed == octets.Length)
        {
            writer.Line(offset + consumed, "no APDU");
            return;
        }

        ApduExplainer.Explain(writer, octets[consumed..], offset + consumed);
    }

    private static int FirstAfterFlags(this ReadOnlySpan<byte> whole) => Math.Max(1, whole.IndexOfAnyExcept(HdlcFrameCodec.Flag));
}
