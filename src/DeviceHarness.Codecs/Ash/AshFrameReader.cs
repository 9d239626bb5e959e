using System.Buffers.Binary;

namespace DeviceHarness.Codecs.Ash;

/// <summary>Finds frames in a stream of octets that arrives in any pieces, and finds them again after noise.</summary>
/// <remarks>
/// Source: the public UART-EZSP gateway protocol reference (Silicon Labs), as this harness's ZigBee guide sums it up. XON and XOFF are
/// taken out wherever they are. What is void without an answer is counted: fewer than three octets before a flag, frames with a substitute
/// octet, what stands before a cancel octet. Not thread safe: one owner reads.
/// </remarks>
public sealed class AshFrameReader
{
    private const int ControlOctets = 1;
    private const string ControlClause = "ASH control octet";
    private const string LengthClause = "ASH data field";
    private const string CrcClause = "ASH checksum";
    private const string EscapeClause = "ASH escape octet";

    private readonly byte[] _body;
    private int _count;
    private bool _isEscaped;
    private bool _isVoid;
    private bool _isTooLong;
    private bool _isEnded;

    /// <summary>Makes a reader in between two frames.</summary>
    /// <param name="maximumDataOctets">The longest data field of a DATA frame that is taken: <see cref="AshFrame.ReferenceDataOctets"/> to
    /// <see cref="AshFrame.ExtendedDataOctets"/> as a rule, never more than the latter.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below <see cref="AshFrame.MinimumDataOctets"/> or above
    /// <see cref="AshFrame.ExtendedDataOctets"/>.</exception>
    public AshFrameReader(int maximumDataOctets = AshFrame.ExtendedDataOctets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumDataOctets, AshFrame.MinimumDataOctets);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumDataOctets, AshFrame.ExtendedDataOctets);
        MaximumDataOctets = maximumDataOctets;
        _body = new byte[ControlOctets + maximumDataOctets + AshCrc.OctetCount];
    }

    /// <summary>The longest data field of a DATA frame that is taken.</summary>
    public int MaximumDataOctets { get; }

    /// <summary>Whether the other side has sent XOFF and no XON since.</summary>
    public bool IsHeldOff { get; private set; }

    /// <summary>Whether a frame has begun that is not whole.</summary>
    public bool IsInFrame => !_isEnded && (_count > 0 || _isEscaped || _isVoid || _isTooLong);

    /// <summary>How many frames were read.</summary>
    public long FrameCount { get; private set; }

    /// <summary>How many frames were damaged, so that NAK answers them.</summary>
    public long DamageCount { get; private set; }

    /// <summary>How many flags ended one or two octets, which are no frame and get no answer.</summary>
    public long ShortCount { get; private set; }

    /// <summary>How many frames were void because the line had damaged an octet of them.</summary>
    public long SubstituteCount { get; private set; }

    /// <summary>How many frames were void because their sender cancelled them, after at least one octet.</summary>
    public long CancelCount { get; private set; }

    /// <summary>Reads up to the end of the next frame.</summary>
    /// <param name="octets">What arrived and was not consumed yet.</param>
    /// <param name="consumedOctets">How many octets were taken; all of them when more are needed.</param>
    /// <param name="frame">The frame, when there is one; its data point into the reader and are valid until the next call.</param>
    /// <param name="fault">What is wrong with a damaged frame; the offset counts from its control octet, without escapes.</param>
    public AshReading Read(ReadOnlySpan<byte> octets, out int consumedOctets, out AshFrame frame, out CodecFault fault)
    {
        frame = default;
        fault = CodecFault.None;
        Begin();
        for (consumedOctets = 0; consumedOctets < octets.Length;)
        {
            byte octet = octets[consumedOctets++];
            if (octet != AshOctets.Flag)
            {
                Take(octet);
            }
            else if (End(out frame, out fault) is var reading && reading != AshReading.NeedMoreOctets)
            {
                return reading;
            }
        }

        return AshReading.NeedMoreOctets;
    }

    /// <summary>Forgets the frame that has begun and that the other side sent XOFF, as after a reset; the counters stay.</summary>
    public void Clear()
    {
        Restart();
        IsHeldOff = false;
    }

    /// <summary>Forgets that the other side sent XOFF.</summary>
    public void Release() => IsHeldOff = false;

    /// <summary>Whether a frame of that kind may have a data field of that length.</summary>
    internal static bool IsLengthOf(AshFrameKind kind, int dataOctets, int maximumDataOctets) => kind switch
    {
        AshFrameKind.Data => dataOctets >= AshFrame.MinimumDataOctets && dataOctets <= maximumDataOctets,
        AshFrameKind.Ack or AshFrameKind.Nak or AshFrameKind.Reset => dataOctets == 0,
        AshFrameKind.ResetAck or AshFrameKind.Error => dataOctets == AshFrame.StatusDataOctets,
        _ => false,
    };

    private void Begin()
    {
        if (_isEnded)
        {
            Restart();
        }
    }

    private void Restart()
    {
        _count = 0;
        _isEscaped = false;
        _isVoid = false;
        _isTooLong = false;
        _isEnded = false;
    }

    private void Take(byte octet)
    {
        switch (octet)
        {
            case AshOctets.XOn:
                IsHeldOff = false;
                break;
            case AshOctets.XOff:
                IsHeldOff = true;
                break;
            case AshOctets.Substitute:
                _isVoid = true;
                break;
            case AshOctets.Cancel:
                CancelCount += IsInFrame ? 1 : 0;
                Restart();
                break;
            case AshOctets.Escape when !_isEscaped:
                _isEscaped = true;
                break;
            case AshOctets.Wake when _count == 0 && !_isEscaped:
                break;
            default:
                Add(_isEscaped ? (byte)(octet ^ AshOctets.EscapeBit) : octet);
                _isEscaped = false;
                break;
        }
    }

    private void Add(byte octet)
    {
        if (_count == _body.Length)
        {
            _isTooLong = true;
            return;
        }

        _body[_count++] = octet;
    }

    /// <summary>Looks at what a flag has ended.</summary>
    private AshReading End(out AshFrame frame, out CodecFault fault)
    {
        frame = default;
        fault = CodecFault.None;
        if (_isVoid || _count < ControlOctets + AshCrc.OctetCount)
        {
            SubstituteCount += _isVoid ? 1 : 0;
            ShortCount += !_isVoid && _count > 0 ? 1 : 0;
            Restart();
            return AshReading.NeedMoreOctets;
        }

        fault = Check();
        _isEnded = true;
        if (fault.Kind != CodecFaultKind.None)
        {
            DamageCount++;
            return AshReading.Damaged;
        }

        FrameCount++;
        AshControl control = new(_body[0]);
        Span<byte> data = _body.AsSpan(ControlOctets, _count - ControlOctets - AshCrc.OctetCount);
        if (control.Kind == AshFrameKind.Data)
        {
            AshRandomizer.Apply(data);
        }

        frame = new(control, data);
        return AshReading.Frame;
    }

    private CodecFault Check()
    {
        if (_isTooLong)
        {
            return new(CodecFaultKind.LimitExceeded, _count, MaximumDataOctets, -1, LengthClause);
        }

        if (_isEscaped)
        {
            return new(CodecFaultKind.UnexpectedValue, _count, -1, AshOctets.Flag, EscapeClause);
        }

        int crcOffset = _count - AshCrc.OctetCount;
        ushort expected = AshCrc.Compute(_body.AsSpan(0, crcOffset));
        ushort received = BinaryPrimitives.ReadUInt16BigEndian(_body.AsSpan(crcOffset));
        if (expected != received)
        {
            return new(CodecFaultKind.BadChecksum, crcOffset, expected, received, CrcClause);
        }

        AshFrameKind kind = new AshControl(_body[0]).Kind;
        if (kind == AshFrameKind.Unknown)
        {
            return new(CodecFaultKind.UnexpectedValue, 0, -1, _body[0], ControlClause);
        }

        return IsLengthOf(kind, crcOffset - ControlOctets, MaximumDataOctets)
            ? CodecFault.None
            : new(CodecFaultKind.BadLength, ControlOctets, -1, crcOffset - ControlOctets, LengthClause);
    }
}
