using DeviceHarness.Codecs.Ash;

namespace DeviceHarness.Codecs.Explain;

/// <summary>Says in words what octets between host and ZigBee adapter are.</summary>
internal static class AshExplainer
{
    /// <summary>Explains frames that end with a flag; a rest without one is told as incomplete.</summary>
    public static void Explain(ExplanationWriter writer, ReadOnlySpan<byte> octets)
    {
        AshFrameReader reader = new();
        EzspExplainer ezsp = new(isTold: false);
        int offset = 0;
        while (offset < octets.Length && !writer.IsFull)
        {
            ReadOnlySpan<byte> rest = octets[offset..];
            switch (reader.Read(rest, out int consumed, out AshFrame frame, out CodecFault fault))
            {
                case AshReading.Frame:
                    ExplainFrame(writer, ezsp, frame, offset);
                    break;
                case AshReading.Damaged:
                    writer.Line(offset, $"no ASH frame: {ExplanationWriter.Hex(rest[..consumed])}");
                    writer.Fault(offset, fault with { Offset = 0 });
                    break;
                case AshReading.NeedMoreOctets when reader.IsInFrame:
                    writer.Line(offset, $"incomplete ASH frame: {ExplanationWriter.Hex(rest)}");
                    writer.Fault(offset, new(CodecFaultKind.Truncated, rest.Length, -1, -1, "ASH flag"));
                    break;
                default:
                    writer.Line(offset, $"no frame, and nothing to answer: {ExplanationWriter.Hex(rest)}");
                    break;
            }

            offset += consumed;
        }
    }

    private static void ExplainFrame(ExplanationWriter writer, EzspExplainer ezsp, in AshFrame frame, int offset)
    {
        writer.Line(offset, $"ASH {frame.Control}");
        writer.Enter();
        switch (frame.Control.Kind)
        {
            case AshFrameKind.Data:
                ezsp.Explain(writer, frame.Data.ToArray(), offset);
                break;
            case AshFrameKind.ResetAck or AshFrameKind.Error:
                writer.Line(offset, $"version {frame.Version}, {frame.Code.Describe()}");
                break;
        }

        writer.Leave();
    }
}
