using System.Buffers;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Ash;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ash;

/// <summary>Frames of the adapter as octets, and frames of the host in words.</summary>
internal static class AshWords
{
    public static byte[] SoftwareReset { get; } = ResetAck(AshResetCode.Software);

    public static byte[] ResetAck(AshResetCode code, byte version = AshFrame.ProtocolVersion) =>
        Frame(AshControl.ResetAck, version, (byte)code);

    public static byte[] Error(AshResetCode code) => Frame(AshControl.Error, AshFrame.ProtocolVersion, (byte)code);

    public static byte[] Ack(int ackNumber) => Frame(AshControl.Ack(ackNumber));

    public static byte[] Nak(int ackNumber) => Frame(AshControl.Nak(ackNumber));

    /// <summary>DATA whose three octets are its number and twice a letter of its own.</summary>
    public static byte[] Data(int number, int ackNumber, bool isRepeated = false, byte mark = 0xAA) =>
        Frame(AshControl.Data(number, ackNumber, isRepeated), (byte)number, mark, mark);

    public static byte[] Damaged(byte[] frame)
    {
        byte[] damaged = [.. frame];
        damaged[^2] ^= 0x01;
        return damaged;
    }

    public static byte[] Frame(AshControl control, params byte[] data)
    {
        byte[] target = new byte[AshFrameWriter.MaximumFrameOctets];
        return AshFrameWriter.Write(new AshFrame(control, data), target, out int written) == OperationStatus.Done
            ? target[..written]
            : throw new InvalidOperationException();
    }

    /// <summary>What stands on the line: each frame in words, with the first octet of its data.</summary>
    public static List<string> Of(ReadOnlyMemory<byte> transmit)
    {
        AshFrameReader reader = new();
        List<string> words = [];
        ReadOnlySpan<byte> octets = transmit.Span;
        while (!octets.IsEmpty)
        {
            AshReading reading = reader.Read(octets, out int consumed, out AshFrame frame, out CodecFault fault);
            octets = octets[consumed..];
            if (reading == AshReading.Frame)
            {
                words.Add(frame.Data.IsEmpty ? $"{frame.Control}" : $"{frame.Control}: {frame.Data[0]:X2}");
            }
            else if (reading == AshReading.Damaged)
            {
                throw new InvalidOperationException($"the host sent a damaged frame: {fault}");
            }
        }

        return words;
    }
}
