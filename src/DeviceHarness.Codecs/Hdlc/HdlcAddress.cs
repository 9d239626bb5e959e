using System.Buffers;

namespace DeviceHarness.Codecs.Hdlc;

/// <summary>
/// An HDLC address of one, two or four octets: a client, or a server's upper (logical device) and lower (physical device) part.
/// </summary>
/// <remarks>
/// Spec: IEC 62056-46, addressing. Each octet holds seven bits of the value in its bits 7 to 1; bit 0 is 1 in the last octet only. Three
/// octets are illegal.
/// <code>
/// octets  1: uuuuuuu1    2: uuuuuuu0 lllllll1    4: uuuuuuu0 uuuuuuu0 lllllll0 lllllll1
/// </code>
/// </remarks>
public readonly record struct HdlcAddress
{
    /// <summary>The longest address, in octets.</summary>
    public const int MaximumOctets = 4;

    /// <summary>The largest value of a part that is one octet long.</summary>
    public const int MaximumOneOctetPart = 0x7F;

    /// <summary>The largest value of a part that is two octets long.</summary>
    public const int MaximumTwoOctetPart = 0x3FFF;

    /// <summary>The part value that addresses no station.</summary>
    public const int NoStation = 0;

    /// <summary>The upper part of the management logical device.</summary>
    public const int ManagementLogicalDevice = 1;

    /// <summary>The client of the management process.</summary>
    public const int ManagementClient = 1;

    /// <summary>The client of the public process.</summary>
    public const int PublicClient = 16;

    /// <summary>The one-octet part that addresses all stations.</summary>
    public const int AllStation = 0x7F;

    /// <summary>The two-octet part that addresses all stations.</summary>
    public const int AllStationTwoOctets = 0x3FFF;

    /// <summary>The one-octet lower part of a calling physical device.</summary>
    public const int CallingDevice = 0x7E;

    /// <summary>The two-octet lower part of a calling physical device.</summary>
    public const int CallingDeviceTwoOctets = 0x3FFE;

    private const string Clause = "IEC 62056-46 address fields";

    private readonly ushort _upper;
    private readonly ushort _lower;
    private readonly byte _octetCount;

    private HdlcAddress(int upper, int lower, int octetCount)
    {
        _upper = (ushort)upper;
        _lower = (ushort)lower;
        _octetCount = (byte)octetCount;
    }

    /// <summary>The upper part, or the whole value of a one-octet address; 0 to 0x7F, with four octets to 0x3FFF.</summary>
    public int Upper => _upper;

    /// <summary>The lower part; 0 in a one-octet address, which has none.</summary>
    public int Lower => _lower;

    /// <summary>1, 2 or 4 octets on the wire; 0 only in the default value, which cannot be encoded.</summary>
    public int OctetCount => _octetCount;

    /// <summary>True when the part that selects the station (the lower one where there is one) addresses all stations.</summary>
    public bool IsAllStation => _octetCount switch
    {
        1 => _upper == AllStation,
        2 => _lower == AllStation,
        4 => _lower == AllStationTwoOctets,
        _ => false,
    };

    /// <summary>A client's address, always one octet.</summary>
    /// <param name="client">0 to 127; <see cref="PublicClient"/> and <see cref="ManagementClient"/> are reserved values.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value does not fit in seven bits.</exception>
    public static HdlcAddress Client(int client) => Server(client);

    /// <summary>A server's one-octet address: the upper part only.</summary>
    /// <param name="upper">0 to 127.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value does not fit in seven bits.</exception>
    public static HdlcAddress Server(int upper)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(upper);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(upper, MaximumOneOctetPart);
        return new(upper, 0, 1);
    }

    /// <summary>A server's address of two or four octets.</summary>
    /// <param name="upper">The logical device; 0 to 127 in two octets, to 16383 in four.</param>
    /// <param name="lower">The physical device; same range.</param>
    /// <param name="octetCount">2 or 4.</param>
    /// <exception cref="ArgumentOutOfRangeException">A part does not fit, or the octet count is neither 2 nor 4.</exception>
    public static HdlcAddress Server(int upper, int lower, int octetCount = 2)
    {
        if (octetCount is not (2 or 4))
        {
            throw new ArgumentOutOfRangeException(nameof(octetCount), octetCount, "a two-part address takes 2 or 4 octets");
        }

        int maximum = octetCount == 2 ? MaximumOneOctetPart : MaximumTwoOctetPart;
        ArgumentOutOfRangeException.ThrowIfNegative(upper);
        ArgumentOutOfRangeException.ThrowIfNegative(lower);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(upper, maximum);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lower, maximum);
        return new(upper, lower, octetCount);
    }

    /// <summary>Decodes one address.</summary>
    /// <param name="source">Octets that start with the address; more may follow.</param>
    /// <param name="address">The address, when done.</param>
    /// <param name="consumedOctets">1, 2 or 4 when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, when invalid.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out HdlcAddress address, out int consumedOctets, out CodecFault fault)
    {
        address = default;
        consumedOctets = 0;
        fault = CodecFault.None;
        int octetCount = 0;
        while (octetCount < source.Length && octetCount < MaximumOctets)
        {
            if ((source[octetCount++] & 1) == 0)
            {
                continue;
            }

            switch (octetCount)
            {
                case 1:
                    address = new(source[0] >> 1, 0, 1);
                    break;
                case 2:
                    address = new(source[0] >> 1, source[1] >> 1, 2);
                    break;
                case 4:
                    address = new(((source[0] >> 1) << 7) | (source[1] >> 1), ((source[2] >> 1) << 7) | (source[3] >> 1), 4);
                    break;
                default:
                    fault = new(CodecFaultKind.BadLength, 0, 4, octetCount, Clause);
                    return OperationStatus.InvalidData;
            }

            consumedOctets = octetCount;
            return OperationStatus.Done;
        }

        if (octetCount < MaximumOctets)
        {
            fault = new(CodecFaultKind.Truncated, source.Length, -1, -1, Clause);
            return OperationStatus.NeedMoreData;
        }

        fault = new(CodecFaultKind.BadLength, MaximumOctets - 1, source[MaximumOctets - 1] | 1, source[MaximumOctets - 1], Clause);
        return OperationStatus.InvalidData;
    }

    /// <summary>Encodes the address.</summary>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets"><see cref="OctetCount"/> when done, otherwise 0.</param>
    public OperationStatus Encode(Span<byte> target, out int writtenOctets)
    {
        writtenOctets = 0;
        if (_octetCount == 0)
        {
            return OperationStatus.InvalidData;
        }

        if (target.Length < _octetCount)
        {
            return OperationStatus.DestinationTooSmall;
        }

        switch (_octetCount)
        {
            case 1:
                target[0] = (byte)((_upper << 1) | 1);
                break;
            case 2:
                target[0] = (byte)(_upper << 1);
                target[1] = (byte)((_lower << 1) | 1);
                break;
            default:
                target[0] = (byte)((_upper >> 7) << 1);
                target[1] = (byte)(_upper << 1);
                target[2] = (byte)((_lower >> 7) << 1);
                target[3] = (byte)((_lower << 1) | 1);
                break;
        }

        writtenOctets = _octetCount;
        return OperationStatus.Done;
    }

    /// <summary>The parts in decimal: <c>16</c>, <c>1/17</c>, or <c>1/17 (4 octets)</c>.</summary>
    public override string ToString() => _octetCount switch
    {
        0 => "none",
        1 => $"{_upper}",
        2 => $"{_upper}/{_lower}",
        _ => $"{_upper}/{_lower} (4 octets)",
    };
}
