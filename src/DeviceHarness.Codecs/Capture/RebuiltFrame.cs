using System.Buffers;
using System.Buffers.Binary;
using DeviceHarness.Codecs.ZigBee;

namespace DeviceHarness.Codecs.Capture;

/// <summary>Builds the IEEE 802.15.4 frame of a message again, without the security of the layers and without the frame check.</summary>
/// <remarks>
/// Spec: IEEE 802.15.4 data frame and ZigBee specification, network and APS headers, as this harness's ZigBee guide sums them up.
/// <code>
/// MAC      frame control 4188 (6188: acknowledged) | sequence 1 | PAN 2 | destination 2 | source 2
/// network  frame control 0800                      | destination 2 | source 2 | radius 1 | sequence 1
/// APS      header, then the message
/// </code>
/// </remarks>
public static class RebuiltFrame
{
    /// <summary>The octets in front of the APS header.</summary>
    public const int LowerOctets = 17;

    private const ushort MacData = 0x8841;
    private const ushort MacAcknowledged = 0x8861;
    private const ushort NetworkData = 0x0008;
    private const byte Radius = 30;
    private const ushort FirstBroadcast = 0xFFF8;

    /// <summary>The most octets that a message's frame can have.</summary>
    /// <param name="message">The message.</param>
    public static int MaximumOctets(RebuiltMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return LowerOctets + ApsHeader.MaximumOctets + message.Asdu.Length;
    }

    /// <summary>Encodes a message's frame.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sequence">The frame's number, for the MAC and the network layer.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(RebuiltMessage message, byte sequence, Span<byte> target, out int writtenOctets)
    {
        ArgumentNullException.ThrowIfNull(message);
        writtenOctets = 0;
        if (target.Length < LowerOctets)
        {
            return OperationStatus.DestinationTooSmall;
        }

        bool isBroadcast = message.Destination >= FirstBroadcast;
        BinaryPrimitives.WriteUInt16LittleEndian(target, isBroadcast ? MacData : MacAcknowledged);
        target[2] = sequence;
        BinaryPrimitives.WriteUInt16LittleEndian(target[3..], message.PanId);
        BinaryPrimitives.WriteUInt16LittleEndian(target[5..], isBroadcast ? ZigBeeProfile.BroadcastAll : message.Destination);
        BinaryPrimitives.WriteUInt16LittleEndian(target[7..], message.Source);
        BinaryPrimitives.WriteUInt16LittleEndian(target[9..], NetworkData);
        BinaryPrimitives.WriteUInt16LittleEndian(target[11..], message.Destination);
        BinaryPrimitives.WriteUInt16LittleEndian(target[13..], message.Source);
        target[15] = Radius;
        target[16] = sequence;
        ApsHeader header = message.Header with { IsSecured = false, Fragment = null };
        OperationStatus status = ApsFrame.Encode(new(header, message.Asdu.Span), target[LowerOctets..], out int apsOctets);
        writtenOctets = status == OperationStatus.Done ? LowerOctets + apsOctets : 0;
        return status;
    }
}
