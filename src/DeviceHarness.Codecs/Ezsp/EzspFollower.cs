using System.Buffers;
using DeviceHarness.Codecs.Ezsp.Messages;

namespace DeviceHarness.Codecs.Ezsp;

/// <summary>Reads the frames that a host and an adapter exchanged, as somebody who only listens: the version, which no frame says, is
/// learnt from the answer to the version command, or assumed from how the frames look.</summary>
/// <remarks>
/// Spec: EZSP reference, as this harness's ZigBee guide 4.1 to 4.5 sums it up. A recording that begins in the middle of a session has no
/// version command. The three forms of the header tell versions 4, 5 to 7, and 8 on apart; from 14 on messages have wider tags, and a
/// message that fits to the octet in one of the two shows which. Not thread safe.
/// </remarks>
public sealed class EzspFollower
{
    private const byte LastMarked = 7;
    private const byte FirstWide = 14;
    private const byte ResponseBit = 0x80;
    private const byte Marker = 0xFF;
    private const byte ExtendedFormat = 0x01;
    private const byte ExtendedFormatMask = 0x3F;
    private const int VersionCommandOctets = 4;
    private const int VersionAnswerOctets = 7;
    private const int FormOffset = 2;

    private EzspVersion _assumed = EzspVersion.Reference;

    /// <summary>Begins to listen.</summary>
    /// <param name="version">The version, where it is known; null to learn it.</param>
    public EzspFollower(EzspVersion? version = null) => Agreed = version;

    /// <summary>The version that was told or agreed on; null before.</summary>
    public EzspVersion? Agreed { get; private set; }

    /// <summary>The adapter was reset: the version is agreed on anew.</summary>
    public void Restart() => Agreed = null;

    /// <summary>Reads a frame.</summary>
    /// <param name="frame">The frame: the data field of an ASH DATA frame.</param>
    /// <param name="header">Its header, when done.</param>
    /// <param name="parameters">What follows the header.</param>
    /// <param name="version">The version by which its parameters are read.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public OperationStatus Read(
        ReadOnlyMemory<byte> frame, out EzspHeader header, out ReadOnlyMemory<byte> parameters, out EzspVersion version,
        out CodecFault fault)
    {
        ReadOnlySpan<byte> octets = frame.Span;
        version = IsFirstVersionCommand(octets) || IsFirstVersionAnswer(octets) ? EzspVersion.Oldest : Agreed ?? Assume(octets);
        OperationStatus status = EzspHeader.Decode(octets, version.HeaderForm, out header, out int consumed, out fault);
        parameters = frame[consumed..];
        if (status != OperationStatus.Done)
        {
            return status;
        }

        if (header is { IsResponse: true, FrameId: EzspFrameId.Version }
            && EzspFrame.ReadParameters(parameters, version, out VersionResponse answer, out _) == OperationStatus.Done)
        {
            Agreed = new EzspVersion(answer.ProtocolVersion);
        }
        else if (Agreed is null && version.HeaderForm == EzspHeaderForm.Extended)
        {
            version = _assumed = Fitting(header, parameters);
        }

        return status;
    }

    private static bool IsFirstVersionCommand(ReadOnlySpan<byte> frame) =>
        frame.Length == VersionCommandOctets && (frame[1] & ResponseBit) == 0 && frame[FormOffset] == (byte)EzspFrameId.Version;

    private static bool IsFirstVersionAnswer(ReadOnlySpan<byte> frame) =>
        frame.Length == VersionAnswerOctets && (frame[1] & ResponseBit) != 0 && frame[FormOffset] == (byte)EzspFrameId.Version;

    private EzspVersion Assume(ReadOnlySpan<byte> frame) => frame switch
    {
        [_, _, Marker, 0, _, ..] => new EzspVersion(LastMarked),
        [_, _, var high, _, _, ..] when (high & ExtendedFormatMask) == ExtendedFormat => _assumed,
        _ => EzspVersion.Oldest,
    };

    /// <summary>Of the versions with the same header, the one in which a message that has a tag or a sender fits to the octet.</summary>
    private EzspVersion Fitting(in EzspHeader header, ReadOnlyMemory<byte> parameters)
    {
        EzspVersion other = _assumed.HasWideStatus ? EzspVersion.Reference : new EzspVersion(FirstWide);
        return !Fits(header, parameters, _assumed) && Fits(header, parameters, other) ? other : _assumed;
    }

    private static bool Fits(in EzspHeader header, ReadOnlyMemory<byte> parameters, EzspVersion version) => header switch
    {
        { IsResponse: false, FrameId: EzspFrameId.SendUnicast } => IsWhole<SendUnicastRequest>(parameters, version),
        { IsResponse: true, FrameId: EzspFrameId.IncomingMessageHandler } => IsWhole<IncomingMessage>(parameters, version),
        { IsResponse: true, FrameId: EzspFrameId.MessageSentHandler } => IsWhole<MessageSent>(parameters, version),
        _ => true,
    };

    private static bool IsWhole<T>(ReadOnlyMemory<byte> parameters, EzspVersion version)
        where T : struct, IEzspMessage<T>
    {
        EzspReader reader = new(parameters, version);
        T.Read(ref reader);
        return reader.Status == OperationStatus.Done && reader.RemainingOctets == 0;
    }
}
