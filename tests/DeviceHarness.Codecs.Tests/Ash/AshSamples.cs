using System.Buffers;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.TestKit;

namespace DeviceHarness.Codecs.Tests.Ash;

/// <summary>Vectors of the serial protocol, and frames in words.</summary>
internal static class AshSamples
{
    public static IReadOnlyList<TestVector> Vectors { get; } = TestVector.Load("zigbee/ash-vectors.json");

    /// <summary>The vectors that are streams of frames.</summary>
    public static IReadOnlyList<TestVector> Streams { get; } =
        [.. Vectors.Where(vector => !vector.Fields.TryGetProperty("kind", out _))];

    public static byte[] Encode(AshControl control, params byte[] data)
    {
        byte[] target = new byte[AshFrameWriter.MaximumFrameOctets];
        return AshFrameWriter.Write(new AshFrame(control, data), target, out int written) == OperationStatus.Done
            ? target[..written]
            : throw new InvalidOperationException();
    }

    /// <summary>What the reader makes of octets: frames in words, <c>damaged</c> with the kind of defect.</summary>
    public static List<string> ReadAll(AshFrameReader reader, ReadOnlySpan<byte> octets)
    {
        List<string> found = [];
        while (!octets.IsEmpty)
        {
            AshReading reading = reader.Read(octets, out int consumed, out AshFrame frame, out CodecFault fault);
            octets = octets[consumed..];
            if (reading == AshReading.Frame)
            {
                found.Add($"{frame.Control} {Convert.ToHexString(frame.Data)}".TrimEnd());
            }
            else if (reading == AshReading.Damaged)
            {
                found.Add($"damaged {fault.Kind}");
            }
        }

        return found;
    }
}
