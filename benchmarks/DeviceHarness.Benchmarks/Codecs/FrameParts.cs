using System.Buffers;
using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Benchmarks.Codecs;

/// <summary>What a frame is made of, kept outside its octets so that encoding can be measured alone.</summary>
/// <param name="Octets">The whole frame, flags included: what encoding must give.</param>
/// <param name="Destination">The receiver.</param>
/// <param name="Source">The sender.</param>
/// <param name="Control">The control octet.</param>
/// <param name="Information">The information field.</param>
/// <param name="IsSegmented">The S bit.</param>
internal sealed record FrameParts(
    byte[] Octets, HdlcAddress Destination, HdlcAddress Source, HdlcControl Control, byte[] Information, bool IsSegmented)
{
    /// <summary>The frame, made anew.</summary>
    public HdlcFrame Frame => new(Destination, Source, Control, Information, IsSegmented);

    /// <summary>Takes a frame apart.</summary>
    /// <param name="octets">The whole frame.</param>
    public static FrameParts Of(byte[] octets)
    {
        OperationStatus status = HdlcFrameCodec.Decode(octets, out HdlcFrame frame, out int consumed, out _);
        Verify.That(status == OperationStatus.Done && consumed == octets.Length, $"{status} after {consumed} of {octets.Length} octets");
        return new FrameParts(octets, frame.Destination, frame.Source, frame.Control, frame.Information.ToArray(), frame.IsSegmented);
    }
}
