using System.Buffers;

namespace DeviceHarness.Codecs.Hdlc;

/// <summary>The information field of FRMR: which control octet was rejected and why.</summary>
/// <remarks>
/// Spec: ISO/IEC 13239 frame reject information field, as used by IEC 62056-46.
/// <code>
/// rejected control | 7-5 V(R), 4 C/R, 3-1 V(S), 0 zero | 0 W, 1 X, 2 Y, 3 Z
/// </code>
/// Meters were seen that set none of the four reasons but another bit; <see cref="ReasonOctet"/> keeps it.
/// </remarks>
/// <param name="RejectedControl">The control octet of the rejected frame.</param>
/// <param name="StateOctet">The rejecting station's counters as sent.</param>
/// <param name="ReasonOctet">The reason bits as sent.</param>
public readonly record struct HdlcRejectInformation(HdlcControl RejectedControl, byte StateOctet, byte ReasonOctet)
{
    /// <summary>How many octets the field has.</summary>
    public const int OctetCount = 3;

    /// <summary>V(S) of the rejecting station, 0 to 7.</summary>
    public int SendState => (StateOctet >> 1) & 0x07;

    /// <summary>V(R) of the rejecting station, 0 to 7.</summary>
    public int ReceiveState => StateOctet >> 5;

    /// <summary>W: the control octet is undefined.</summary>
    public bool IsUndefinedControl => (ReasonOctet & 0x01) != 0;

    /// <summary>X: the frame has an information field that it may not have.</summary>
    public bool IsInformationNotAllowed => (ReasonOctet & 0x02) != 0;

    /// <summary>Y: the information field is too long.</summary>
    public bool IsInformationTooLong => (ReasonOctet & 0x04) != 0;

    /// <summary>Z: N(R) is invalid.</summary>
    public bool IsInvalidReceiveSequence => (ReasonOctet & 0x08) != 0;

    /// <summary>Makes the field.</summary>
    /// <param name="rejectedControl">The control octet of the rejected frame.</param>
    /// <param name="sendState">V(S), taken modulo 8.</param>
    /// <param name="receiveState">V(R), taken modulo 8.</param>
    /// <param name="reasonOctet">The bits W (1), X (2), Y (4) and Z (8).</param>
    public static HdlcRejectInformation Create(HdlcControl rejectedControl, int sendState, int receiveState, byte reasonOctet) =>
        new(rejectedControl, (byte)(((receiveState & 7) << 5) | ((sendState & 7) << 1)), reasonOctet);

    /// <summary>Decodes the field.</summary>
    /// <param name="source">The information field of an FRMR frame.</param>
    /// <param name="information">The field, when done.</param>
    /// <param name="consumedOctets">3 when done, otherwise 0.</param>
    /// <param name="fault">Where the octets end, when they are too few.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out HdlcRejectInformation information, out int consumedOctets, out CodecFault fault)
    {
        bool isComplete = source.Length >= OctetCount;
        information = isComplete ? new(new(source[0]), source[1], source[2]) : default;
        consumedOctets = isComplete ? OctetCount : 0;
        fault = isComplete
            ? CodecFault.None
            : new(CodecFaultKind.Truncated, source.Length, OctetCount, source.Length, "IEC 62056-46 frame reject");
        return isComplete ? OperationStatus.Done : OperationStatus.NeedMoreData;
    }

    /// <summary>Encodes the field.</summary>
    /// <param name="target">Where the three octets go.</param>
    /// <param name="writtenOctets">3 when done, otherwise 0.</param>
    public OperationStatus Encode(Span<byte> target, out int writtenOctets)
    {
        writtenOctets = 0;
        if (target.Length < OctetCount)
        {
            return OperationStatus.DestinationTooSmall;
        }

        target[0] = RejectedControl.Octet;
        target[1] = StateOctet;
        target[2] = ReasonOctet;
        writtenOctets = OctetCount;
        return OperationStatus.Done;
    }
}
