using System.ComponentModel;
using BenchmarkDotNet.Attributes;
using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Benchmarks.Codecs;

/// <summary>What does finding a frame in a stream cost, by the size of the pieces that it arrives in?</summary>
/// <remarks>The stream is a third party's capture: the nine segments of one long answer, 1,123 octets.</remarks>
[MemoryDiagnoser]
[Description("What does finding a frame in a stream cost, by the size of the pieces that it arrives in?")]
public class HdlcReading
{
    private const int FramesInStream = 9;

    private readonly HdlcFrameReader _reader = new();
    private byte[] _stream = [];

    /// <summary>How many octets arrive at once. 16 is about what a USB adapter gives at 9600 baud with a latency timer of 16 ms.</summary>
    [Params(1, 16, 1123)]
    public int PieceOctets { get; set; }

    [GlobalSetup]
    public void Setup() => _stream = Fixtures.Dlms("segmented-get-block-9-frames");

    [Benchmark(OperationsPerInvoke = FramesInStream)]
    public int ReadFrame()
    {
        _reader.Clear();
        int frames = 0;
        int information = 0;
        for (int offset = 0; offset < _stream.Length; offset += PieceOctets)
        {
            _reader.Append(_stream.AsSpan(offset, Math.Min(PieceOctets, _stream.Length - offset)));
            while (_reader.TryRead(out HdlcFrame frame, out _))
            {
                frames++;
                information += frame.Information.Length;
            }
        }

        Verify.That(frames == FramesInStream && _reader.FaultCount == 0);
        return information;
    }
}
