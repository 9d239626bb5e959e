using System.Buffers;

namespace DeviceHarness.Codecs.Ash;

/// <summary>Turns frames into octets; pure, without allocation, thread safe.</summary>
/// <remarks>Source: the public UART-EZSP gateway protocol reference (Silicon Labs), as this harness's ZigBee guide sums it up.</remarks>
public static class AshFrameWriter
{
    /// <summary>The most octets that a frame takes on the wire: every octet of the longest escaped, and the flag.</summary>
    public const int MaximumFrameOctets = (2 * (1 + AshFrame.ExtendedDataOctets + AshCrc.OctetCount)) + 1;

    /// <summary>Writes the frame with checksum, escapes and flag; the data field of DATA is randomised.</summary>
    /// <param name="frame">The frame, its data in clear.</param>
    /// <param name="target">Where the octets go; must not overlap the frame's data.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    /// <returns>Invalid when the data field is too short or too long for the kind, or the kind is unknown; too small when the target is,
    /// which one of <see cref="MaximumFrameOctets"/> never is.</returns>
    public static OperationStatus Write(in AshFrame frame, Span<byte> target, out int writtenOctets)
    {
        writtenOctets = 0;
        AshFrameKind kind = frame.Control.Kind;
        if (!AshFrameReader.IsLengthOf(kind, frame.Data.Length, AshFrame.ExtendedDataOctets))
        {
            return OperationStatus.InvalidData;
        }

        int at = 0;
        ushort crc = AshCrc.Update(AshCrc.Start, frame.Control.Octet);
        bool fits = Put(frame.Control.Octet, target, ref at);
        bool isRandomized = kind == AshFrameKind.Data;
        for (int index = 0; index < frame.Data.Length && fits; index++)
        {
            byte octet = isRandomized ? (byte)(frame.Data[index] ^ AshRandomizer.At(index)) : frame.Data[index];
            crc = AshCrc.Update(crc, octet);
            fits = Put(octet, target, ref at);
        }

        if (!fits || !Put((byte)(crc >> 8), target, ref at) || !Put((byte)crc, target, ref at) || at == target.Length)
        {
            return OperationStatus.DestinationTooSmall;
        }

        target[at++] = AshOctets.Flag;
        writtenOctets = at;
        return OperationStatus.Done;
    }

    private static bool Put(byte octet, Span<byte> target, ref int at)
    {
        bool isReserved = AshOctets.IsReserved(octet);
        if (target.Length - at < (isReserved ? 2 : 1))
        {
            return false;
        }

        if (isReserved)
        {
            target[at++] = AshOctets.Escape;
            octet ^= AshOctets.EscapeBit;
        }

        target[at++] = octet;
        return true;
    }
}
