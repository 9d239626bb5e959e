using System.Buffers;
using System.ComponentModel;
using BenchmarkDotNet.Attributes;
using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Benchmarks.Codecs;

/// <summary>What does one HDLC frame cost, decoded or encoded, checksums included?</summary>
[MemoryDiagnoser]
[Description("What does one HDLC frame cost, decoded or encoded, checksums included?")]
public class HdlcCodec
{
    private const int InformationOctets = 64;
    private const int SegmentOctets = 128;

    private readonly byte[] _target = new byte[HdlcFrameCodec.MaximumFrameOctets];
    private FrameParts _ua = null!;
    private FrameParts _segment = null!;
    private FrameParts _information = null!;

    [GlobalSetup]
    public void Setup()
    {
        _ua = FrameParts.Of(Fixtures.Dlms("ua-default-params"));
        _segment = FrameParts.Of(Fixtures.Dlms("segmented-get-block-9-frames")[..SegmentOctets]);

        // No third party's frame at hand has 64 octets of information: the information is a third party's APDU of 64 octets, the frame
        // around it is ours. The other two frames are a third party's as a whole.
        byte[] information = Fixtures.Dlms("profile-by-range-request");
        Verify.That(information.Length == InformationOctets, $"{information.Length} octets of information");
        HdlcFrame frame = new(HdlcAddress.Server(1), HdlcAddress.Client(16), HdlcControl.Information(0, 0), information);
        Verify.That(HdlcFrameCodec.Encode(frame, _target, out int written) == OperationStatus.Done, "the frame cannot be encoded");
        _information = FrameParts.Of(_target[..written]);
        Verify.That(_information.Information.AsSpan().SequenceEqual(information), "the information came back changed");
    }

    [Benchmark]
    public int DecodeUa() => Decode(_ua);

    [Benchmark]
    public int EncodeUa() => Encode(_ua);

    [Benchmark]
    public int DecodeInformation64() => Decode(_information);

    [Benchmark]
    public int EncodeInformation64() => Encode(_information);

    [Benchmark]
    public int DecodeSegment117() => Decode(_segment);

    [Benchmark]
    public int EncodeSegment117() => Encode(_segment);

    private static int Decode(FrameParts expected)
    {
        OperationStatus status = HdlcFrameCodec.Decode(expected.Octets, out HdlcFrame frame, out int consumed, out _);
        Verify.That(status == OperationStatus.Done
            && consumed == expected.Octets.Length
            && frame.Control == expected.Control
            && frame.Information.SequenceEqual(expected.Information));
        return consumed;
    }

    private int Encode(FrameParts parts)
    {
        OperationStatus status = HdlcFrameCodec.Encode(parts.Frame, _target, out int written);
        Verify.That(status == OperationStatus.Done && _target.AsSpan(0, written).SequenceEqual(parts.Octets));
        return written;
    }
}
