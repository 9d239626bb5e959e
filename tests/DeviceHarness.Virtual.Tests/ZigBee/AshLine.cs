using DeviceHarness.Codecs.Ash;

namespace DeviceHarness.Virtual.Tests.ZigBee;

/// <summary>What a host says and hears on an ASH line, frame by frame.</summary>
internal static class AshLine
{
    /// <summary>A frame as text: its control octet's meaning and its data.</summary>
    public static IReadOnlyList<string> Texts(ReadOnlyMemory<byte> octets) =>
    [
        .. Frames(octets).Select(frame =>
            frame.Data.Length == 0 ? $"{frame.Control}" : $"{frame.Control}: {Convert.ToHexString(frame.Data)}"),
    ];

    public static IReadOnlyList<(AshControl Control, byte[] Data)> Frames(ReadOnlyMemory<byte> octets)
    {
        AshFrameReader reader = new();
        List<(AshControl, byte[])> frames = [];
        ReadOnlySpan<byte> rest = octets.Span;
        while (!rest.IsEmpty)
        {
            AshReading reading = reader.Read(rest, out int consumed, out AshFrame frame, out _);
            rest = rest[consumed..];
            if (reading == AshReading.Frame)
            {
                frames.Add((frame.Control, frame.Data.ToArray()));
            }
        }

        return frames;
    }

    public static byte[] Write(AshControl control, params byte[] data)
    {
        byte[] octets = new byte[AshFrameWriter.MaximumFrameOctets];
        AshFrameWriter.Write(new AshFrame(control, data), octets, out int written);
        return octets[..written];
    }
}
