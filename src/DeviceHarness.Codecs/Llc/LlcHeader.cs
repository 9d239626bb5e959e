using System.Buffers;

namespace DeviceHarness.Codecs.Llc;

/// <summary>The three LLC octets in front of an APDU, in the first information field of a message only.</summary>
/// <remarks>
/// Spec: IEC 62056-46, LLC sublayer.
/// <code>
/// E6 destination LSAP | E6 command (client), E7 response or unsolicited (server) | 00 quality
/// </code>
/// </remarks>
/// <param name="IsResponse">True for E7, which only a server sends.</param>
public readonly record struct LlcHeader(bool IsResponse)
{
    /// <summary>How many octets the header has.</summary>
    public const int OctetCount = 3;

    private const byte DestinationLsap = 0xE6;
    private const byte CommandLsap = 0xE6;
    private const byte ResponseLsap = 0xE7;
    private const string Clause = "IEC 62056-46 LLC header";

    /// <summary>What a client sends: E6 E6 00.</summary>
    public static LlcHeader Command => new(false);

    /// <summary>What a server sends: E6 E7 00.</summary>
    public static LlcHeader Response => new(true);

    /// <summary>The header's octets, to be placed in front of an APDU.</summary>
    public ReadOnlySpan<byte> Octets => IsResponse ? [DestinationLsap, ResponseLsap, 0] : [DestinationLsap, CommandLsap, 0];

    /// <summary>Decodes the header that the octets start with.</summary>
    /// <param name="source">The information field.</param>
    /// <param name="header">The header, when done.</param>
    /// <param name="consumedOctets">3 when done, otherwise 0; the APDU follows.</param>
    /// <param name="fault">What is wrong, when invalid.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out LlcHeader header, out int consumedOctets, out CodecFault fault)
    {
        header = default;
        consumedOctets = 0;
        fault = CodecFault.None;
        for (int offset = 0; offset < Math.Min(source.Length, OctetCount); offset++)
        {
            byte expected = offset == 0 ? DestinationLsap : offset == 1 ? CommandLsap : (byte)0;
            if (source[offset] != expected && !(offset == 1 && source[1] == ResponseLsap))
            {
                fault = new(CodecFaultKind.UnexpectedValue, offset, expected, source[offset], Clause);
                return OperationStatus.InvalidData;
            }
        }

        if (source.Length < OctetCount)
        {
            fault = new(CodecFaultKind.Truncated, source.Length, OctetCount, source.Length, Clause);
            return OperationStatus.NeedMoreData;
        }

        header = new(source[1] == ResponseLsap);
        consumedOctets = OctetCount;
        return OperationStatus.Done;
    }

    /// <summary>Encodes the header.</summary>
    /// <param name="target">Where the three octets go.</param>
    /// <param name="writtenOctets">3 when done, otherwise 0.</param>
    public OperationStatus Encode(Span<byte> target, out int writtenOctets)
    {
        bool fits = Octets.TryCopyTo(target);
        writtenOctets = fits ? OctetCount : 0;
        return fits ? OperationStatus.Done : OperationStatus.DestinationTooSmall;
    }
}
