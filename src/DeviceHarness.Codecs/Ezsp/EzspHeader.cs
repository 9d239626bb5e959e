using System.Buffers;
using System.Buffers.Binary;

namespace DeviceHarness.Codecs.Ezsp;

/// <summary>The header of an EZSP frame; what follows it are the parameters.</summary>
/// <remarks>
/// Spec: EZSP reference, frame format, as this harness's ZigBee guide 4.1 sums it up. Numbers are little-endian.
/// <code>
/// form      octets
/// short     sequence  control  id
/// marked    sequence  control  FF  00  id
/// extended  sequence  control  control high  id low  id high
///
/// control   mask  shift  meaning
///           80    7      1 = from the adapter
///           60    5      network index
///           18    3      from the adapter: callback kind
///           04    2      from the adapter: a callback waits
///           02    1      from the adapter: the answer was cut short
///           01    0      from the adapter: it ran out of memory
///           03    0      from the host: sleep mode
/// high      80    7      security
///           40    6      padding
///           03    0      frame format version, 1
/// </code>
/// </remarks>
public readonly record struct EzspHeader
{
    /// <summary>The longest header, in octets.</summary>
    public const int MaximumOctets = 5;

    /// <summary>The longest frame that is sent or taken, header included, in octets.</summary>
    public const int MaximumFrameOctets = 220;

    internal const string Clause = "EZSP frame header";

    private const int ShortOctets = 3;
    private const byte ResponseBit = 0x80;
    private const int NetworkShift = 5;
    private const int CallbackShift = 3;
    private const byte TwoBits = 0x03;
    private const byte PendingBit = 0x04;
    private const byte TruncatedBit = 0x02;
    private const byte OverflowBit = 0x01;
    private const byte FormatVersion = 0x01;
    private const byte Marker = 0xFF;
    private const byte KnownHighBits = 0xC3;
    private const byte SecurityBit = 0x80;
    private const byte PaddingBit = 0x40;

    /// <summary>The frame's number, 0 to 255: an answer repeats that of its command.</summary>
    public byte Sequence { get; init; }

    /// <summary>Whether the frame comes from the adapter.</summary>
    public bool IsResponse { get; init; }

    /// <summary>The network that the frame is about, 0 to 3.</summary>
    public byte NetworkIndex { get; init; }

    /// <summary>What the adapter does after the command, 0 to 3: 0 stays awake. Only of a command.</summary>
    public byte SleepMode { get; init; }

    /// <summary>Whether it answers a command. Only from the adapter; look at it before the sequence number.</summary>
    public EzspCallbackKind Callback { get; init; }

    /// <summary>Whether a callback waits to be asked for. Only from the adapter.</summary>
    public bool IsCallbackPending { get; init; }

    /// <summary>Whether the answer was cut short. Only from the adapter.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>Whether the adapter ran out of memory since its last answer. Only from the adapter.</summary>
    public bool HasOverflow { get; init; }

    /// <summary>Whether the frame is secured; its parameters are then not readable. Only of the extended form.</summary>
    public bool IsSecured { get; init; }

    /// <summary>Whether the frame is padded. Only of the extended form.</summary>
    public bool IsPadded { get; init; }

    /// <summary>What the frame is; an identifier that has no name is kept.</summary>
    public EzspFrameId FrameId { get; init; }

    /// <summary>The header of an answer to this command.</summary>
    /// <param name="id">What the answer is: mostly the command's identifier.</param>
    public EzspHeader ToResponse(EzspFrameId id) => new()
    {
        Sequence = Sequence,
        IsResponse = true,
        NetworkIndex = NetworkIndex,
        FrameId = id,
    };

    /// <summary>How many octets a header takes.</summary>
    /// <param name="form">Its form.</param>
    public static int OctetCount(EzspHeaderForm form) => form == EzspHeaderForm.Short ? ShortOctets : MaximumOctets;

    /// <summary>Decodes the header that a frame starts with.</summary>
    /// <param name="source">The frame.</param>
    /// <param name="form">The form that the version has.</param>
    /// <param name="header">The header, when done.</param>
    /// <param name="consumedOctets">The header's length when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, EzspHeaderForm form, out EzspHeader header, out int consumedOctets, out CodecFault fault)
    {
        header = default;
        consumedOctets = 0;
        fault = FaultOf(source, form);
        if (fault.Kind != CodecFaultKind.None)
        {
            return fault.Kind == CodecFaultKind.Truncated ? OperationStatus.NeedMoreData : OperationStatus.InvalidData;
        }

        byte high = form == EzspHeaderForm.Extended ? source[2] : FormatVersion;
        header = Parse(source, high, form switch
        {
            EzspHeaderForm.Short => source[2],
            EzspHeaderForm.Marked => source[4],
            _ => BinaryPrimitives.ReadUInt16LittleEndian(source[3..]),
        });
        consumedOctets = OctetCount(form);
        return OperationStatus.Done;
    }

    /// <summary>Encodes a header.</summary>
    /// <param name="header">The header; network index, sleep mode and callback kind within their two bits.</param>
    /// <param name="form">The form that the version has; an identifier above FF fits the extended one alone.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="writtenOctets">Its length when done, otherwise 0.</param>
    public static OperationStatus Encode(in EzspHeader header, EzspHeaderForm form, Span<byte> target, out int writtenOctets)
    {
        writtenOctets = 0;
        if ((form != EzspHeaderForm.Extended && (ushort)header.FrameId > byte.MaxValue)
            || header.NetworkIndex > TwoBits || header.SleepMode > TwoBits)
        {
            return OperationStatus.InvalidData;
        }

        if (target.Length < OctetCount(form))
        {
            return OperationStatus.DestinationTooSmall;
        }

        target[0] = header.Sequence;
        target[1] = ControlOf(header);
        switch (form)
        {
            case EzspHeaderForm.Short:
                target[2] = (byte)header.FrameId;
                break;
            case EzspHeaderForm.Marked:
                target[2] = Marker;
                target[3] = 0;
                target[4] = (byte)header.FrameId;
                break;
            default:
                target[2] = (byte)(FormatVersion | (header.IsSecured ? SecurityBit : 0) | (header.IsPadded ? PaddingBit : 0));
                BinaryPrimitives.WriteUInt16LittleEndian(target[3..], (ushort)header.FrameId);
                break;
        }

        writtenOctets = OctetCount(form);
        return OperationStatus.Done;
    }

    private static CodecFault FaultOf(ReadOnlySpan<byte> source, EzspHeaderForm form) => form switch
    {
        EzspHeaderForm.Marked when source.Length > 2 && source[2] != Marker =>
            new(CodecFaultKind.UnexpectedValue, 2, Marker, source[2], Clause),
        EzspHeaderForm.Marked when source.Length > 3 && source[3] != 0 =>
            new(CodecFaultKind.UnexpectedValue, 3, 0, source[3], Clause),
        EzspHeaderForm.Extended when source.Length > 2 && (source[2] & (KnownHighBits ^ SecurityBit ^ PaddingBit)) != FormatVersion =>
            new(CodecFaultKind.UnexpectedValue, 2, FormatVersion, source[2], Clause),
        _ when source.Length < OctetCount(form) => new(CodecFaultKind.Truncated, source.Length, OctetCount(form), source.Length, Clause),
        _ => CodecFault.None,
    };

    private static EzspHeader Parse(ReadOnlySpan<byte> source, byte high, ushort id)
    {
        byte control = source[1];
        bool isResponse = (control & ResponseBit) != 0;
        return new()
        {
            Sequence = source[0],
            IsResponse = isResponse,
            NetworkIndex = (byte)((control >> NetworkShift) & TwoBits),
            SleepMode = isResponse ? (byte)0 : (byte)(control & TwoBits),
            Callback = isResponse ? (EzspCallbackKind)((control >> CallbackShift) & TwoBits) : EzspCallbackKind.None,
            IsCallbackPending = isResponse && (control & PendingBit) != 0,
            IsTruncated = isResponse && (control & TruncatedBit) != 0,
            HasOverflow = isResponse && (control & OverflowBit) != 0,
            IsSecured = (high & SecurityBit) != 0,
            IsPadded = (high & PaddingBit) != 0,
            FrameId = (EzspFrameId)id,
        };
    }

    private static byte ControlOf(in EzspHeader header)
    {
        int control = header.NetworkIndex << NetworkShift;
        if (!header.IsResponse)
        {
            return (byte)(control | header.SleepMode);
        }

        control |= ResponseBit | (((int)header.Callback & TwoBits) << CallbackShift);
        control |= header.IsCallbackPending ? PendingBit : 0;
        control |= header.IsTruncated ? TruncatedBit : 0;
        return (byte)(control | (header.HasOverflow ? OverflowBit : 0));
    }
}
