using System.Buffers;

namespace DeviceHarness.Codecs.Hdlc;

/// <summary>The link parameters that SNRM proposes and UA answers, each from the point of view of the station that sends them.</summary>
/// <remarks>
/// Spec: IEC 62056-46, HDLC parameter negotiation. A missing parameter, or no information field at all, means the default.
/// <code>
/// 81 | 80 | group length | 05 len max-information-transmit | 06 len max-information-receive | 07 04 window-transmit | 08 04 window-receive
/// </code>
/// Values are kept as received, even outside their range: see <see cref="IsInRange"/>.
/// </remarks>
/// <param name="MaximumInformationTransmitOctets">05: the longest information field that this station sends; 32 to 2030.</param>
/// <param name="MaximumInformationReceiveOctets">06: the longest information field that this station takes; 32 to 2030.</param>
/// <param name="WindowTransmitFrames">07: how many frames this station sends before it waits; 1 to 7.</param>
/// <param name="WindowReceiveFrames">08: how many frames this station takes before it answers; 1 to 7.</param>
public readonly record struct HdlcParameters(
    uint MaximumInformationTransmitOctets, uint MaximumInformationReceiveOctets, uint WindowTransmitFrames, uint WindowReceiveFrames)
{
    /// <summary>The information length that holds when none is named.</summary>
    public const uint DefaultInformationOctets = 128;

    /// <summary>The smallest information length that may be agreed.</summary>
    public const uint MinimumInformationOctets = 32;

    /// <summary>The largest information length that may be agreed.</summary>
    public const uint MaximumInformationOctets = HdlcFrameCodec.MaximumInformationOctets;

    /// <summary>The window that holds when none is named.</summary>
    public const uint DefaultWindowFrames = 1;

    /// <summary>The largest window.</summary>
    public const uint MaximumWindowFrames = 7;

    /// <summary>The longest field that <see cref="Encode"/> writes, in octets.</summary>
    public const int MaximumEncodedOctets = 23;

    private const byte FormatIdentifier = 0x81;
    private const byte GroupIdentifier = 0x80;
    private const int HeaderOctets = 3;
    private const int WindowOctets = 4;
    private const byte InformationTransmit = 5;
    private const byte InformationReceive = 6;
    private const byte WindowTransmit = 7;
    private const byte WindowReceive = 8;
    private const string Clause = "IEC 62056-46 parameter negotiation";

    /// <summary>128 octets both ways, window 1 both ways.</summary>
    public static HdlcParameters Default =>
        new(DefaultInformationOctets, DefaultInformationOctets, DefaultWindowFrames, DefaultWindowFrames);

    /// <summary>True when all four values are inside the ranges of the standard.</summary>
    public bool IsInRange =>
        MaximumInformationTransmitOctets is >= MinimumInformationOctets and <= MaximumInformationOctets
        && MaximumInformationReceiveOctets is >= MinimumInformationOctets and <= MaximumInformationOctets
        && WindowTransmitFrames is >= 1 and <= MaximumWindowFrames
        && WindowReceiveFrames is >= 1 and <= MaximumWindowFrames;

    /// <summary>Decodes the information field of SNRM or UA.</summary>
    /// <param name="source">The field; empty gives <see cref="Default"/>. Octets after the group are left alone.</param>
    /// <param name="parameters">The parameters in any order, one to four octets each, defaults for those that are missing.</param>
    /// <param name="unknown">The parameters that this version does not know; a strict server answers DM to them.</param>
    /// <param name="consumedOctets">The octets of the group when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, when invalid.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out HdlcParameters parameters, out HdlcUnknownParameters unknown, out int consumedOctets,
        out CodecFault fault)
    {
        parameters = Default;
        unknown = default;
        consumedOctets = 0;
        fault = CodecFault.None;
        if (source.IsEmpty)
        {
            return OperationStatus.Done;
        }

        if (source[0] != FormatIdentifier || (source.Length > 1 && source[1] != GroupIdentifier))
        {
            int offset = source[0] != FormatIdentifier ? 0 : 1;
            fault = new(CodecFaultKind.UnexpectedValue, offset, offset == 0 ? FormatIdentifier : GroupIdentifier, source[offset], Clause);
            return OperationStatus.InvalidData;
        }

        if (source.Length < HeaderOctets || source.Length < HeaderOctets + source[2])
        {
            fault = new(CodecFaultKind.Truncated, source.Length, source.Length < HeaderOctets
                ? -1
                : HeaderOctets + source[2], source.Length, Clause);
            return OperationStatus.NeedMoreData;
        }

        int end = HeaderOctets + source[2];
        for (int offset = HeaderOctets; offset < end;)
        {
            int valueOffset = offset + 2;
            int valueOctets = valueOffset <= end ? source[offset + 1] : 0;
            if (valueOctets == 0 || valueOffset + valueOctets > end)
            {
                fault = new(CodecFaultKind.BadLength, Math.Min(offset + 1, end - 1), end - valueOffset, valueOctets, Clause);
                return OperationStatus.InvalidData;
            }

            if (!TrySet(ref parameters, source[offset], source.Slice(valueOffset, valueOctets), ref unknown))
            {
                fault = new(CodecFaultKind.BadLength, offset + 1, WindowOctets, valueOctets, Clause);
                return OperationStatus.InvalidData;
            }

            offset = valueOffset + valueOctets;
        }

        consumedOctets = end;
        return OperationStatus.Done;
    }

    /// <summary>Encodes the information field of SNRM or UA, always with all four parameters.</summary>
    /// <param name="target">Where the octets go; <see cref="MaximumEncodedOctets"/> always suffice.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    /// <param name="isTwoOctetLengths">
    /// True writes both information lengths in two octets, as some meters always do; false in the fewest.
    /// </param>
    /// <returns>Invalid when an information length does not fit in two octets.</returns>
    public OperationStatus Encode(Span<byte> target, out int writtenOctets, bool isTwoOctetLengths = false)
    {
        writtenOctets = 0;
        if (MaximumInformationTransmitOctets > ushort.MaxValue || MaximumInformationReceiveOctets > ushort.MaxValue)
        {
            return OperationStatus.InvalidData;
        }

        int transmitOctets = isTwoOctetLengths || MaximumInformationTransmitOctets > byte.MaxValue ? 2 : 1;
        int receiveOctets = isTwoOctetLengths || MaximumInformationReceiveOctets > byte.MaxValue ? 2 : 1;
        int groupOctets = 2 + transmitOctets + 2 + receiveOctets + (2 * (2 + WindowOctets));
        if (target.Length < HeaderOctets + groupOctets)
        {
            return OperationStatus.DestinationTooSmall;
        }

        target[0] = FormatIdentifier;
        target[1] = GroupIdentifier;
        target[2] = (byte)groupOctets;
        int offset = HeaderOctets;
        Put(target, ref offset, InformationTransmit, MaximumInformationTransmitOctets, transmitOctets);
        Put(target, ref offset, InformationReceive, MaximumInformationReceiveOctets, receiveOctets);
        Put(target, ref offset, WindowTransmit, WindowTransmitFrames, WindowOctets);
        Put(target, ref offset, WindowReceive, WindowReceiveFrames, WindowOctets);
        writtenOctets = offset;
        return OperationStatus.Done;
    }

    /// <summary>
    /// What this station answers: the smaller of its own limits and the peer's proposal, from this station's point of view.
    /// </summary>
    /// <param name="proposal">The peer's parameters: its transmit is this station's receive.</param>
    public HdlcParameters Negotiate(HdlcParameters proposal) => new(
        Math.Min(MaximumInformationTransmitOctets, proposal.MaximumInformationReceiveOctets),
        Math.Min(MaximumInformationReceiveOctets, proposal.MaximumInformationTransmitOctets),
        Math.Min(WindowTransmitFrames, proposal.WindowReceiveFrames),
        Math.Min(WindowReceiveFrames, proposal.WindowTransmitFrames));

    private static bool TrySet(ref HdlcParameters parameters, byte identifier, ReadOnlySpan<byte> octets, ref HdlcUnknownParameters unknown)
    {
        if (identifier is < InformationTransmit or > WindowReceive)
        {
            unknown = new(unknown.Count + 1, unknown.Count == 0 ? identifier : unknown.FirstIdentifier);
            return true;
        }

        if (octets.Length > WindowOctets)
        {
            return false;
        }

        uint value = 0;
        foreach (byte octet in octets)
        {
            value = (value << 8) | octet;
        }

        parameters = identifier switch
        {
            InformationTransmit => parameters with { MaximumInformationTransmitOctets = value },
            InformationReceive => parameters with { MaximumInformationReceiveOctets = value },
            WindowTransmit => parameters with { WindowTransmitFrames = value },
            _ => parameters with { WindowReceiveFrames = value },
        };
        return true;
    }

    private static void Put(Span<byte> target, ref int offset, byte identifier, uint value, int octetCount)
    {
        target[offset++] = identifier;
        target[offset++] = (byte)octetCount;
        for (int shift = 8 * (octetCount - 1); shift >= 0; shift -= 8)
        {
            target[offset++] = (byte)(value >> shift);
        }
    }
}
