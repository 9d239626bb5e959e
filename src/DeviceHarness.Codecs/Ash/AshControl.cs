namespace DeviceHarness.Codecs.Ash;

/// <summary>The control octet: the frame's kind, its numbers modulo 8 and its flags.</summary>
/// <remarks>
/// Source: the public UART-EZSP gateway protocol reference (Silicon Labs), as this harness's ZigBee guide sums it up. F is the frame
/// number, A the number of the next frame expected, R marks a repeated frame, N a host that is not ready.
/// <code>
/// bit   7 6 5 4 3 2 1 0
/// DATA  0 F F F R A A A      RST    1 1 0 0 0 0 0 0
/// ACK   1 0 0 p N A A A      RSTACK 1 1 0 0 0 0 0 1
/// NAK   1 0 1 p N A A A      ERROR  1 1 0 0 0 0 1 0
/// </code>
/// </remarks>
/// <param name="Octet">The octet as sent; every value is accepted, see <see cref="Kind"/>.</param>
public readonly record struct AshControl(byte Octet)
{
    /// <summary>Frame numbers count modulo this.</summary>
    public const int SequenceModulus = 8;

    private const int SequenceMask = SequenceModulus - 1;
    private const int FlagBit = 0x08;
    private const byte AckOctet = 0x80;
    private const byte NakOctet = 0xA0;
    private const byte ResetOctet = 0xC0;
    private const byte ResetAckOctet = 0xC1;
    private const byte ErrorOctet = 0xC2;

    /// <summary>RST.</summary>
    public static AshControl Reset => new(ResetOctet);

    /// <summary>RSTACK.</summary>
    public static AshControl ResetAck => new(ResetAckOctet);

    /// <summary>ERROR.</summary>
    public static AshControl Error => new(ErrorOctet);

    /// <summary>The frame's kind.</summary>
    public AshFrameKind Kind => Octet switch
    {
        < AckOctet => AshFrameKind.Data,
        < NakOctet => AshFrameKind.Ack,
        < ResetOctet => AshFrameKind.Nak,
        ResetOctet => AshFrameKind.Reset,
        ResetAckOctet => AshFrameKind.ResetAck,
        ErrorOctet => AshFrameKind.Error,
        _ => AshFrameKind.Unknown,
    };

    /// <summary>The frame number of DATA, 0 to 7; other kinds give 0.</summary>
    public int FrameNumber => Kind == AshFrameKind.Data ? (Octet >> 4) & SequenceMask : 0;

    /// <summary>The next frame number that the sender expects, 0 to 7, in DATA, ACK and NAK; other kinds give 0.</summary>
    public int AckNumber => Octet < ResetOctet ? Octet & SequenceMask : 0;

    /// <summary>Whether DATA is sent again.</summary>
    public bool IsRetransmission => Kind == AshFrameKind.Data && (Octet & FlagBit) != 0;

    /// <summary>Whether ACK or NAK says that its sender takes no unasked frames for now; only a host may.</summary>
    public bool IsNotReady => Kind is AshFrameKind.Ack or AshFrameKind.Nak && (Octet & FlagBit) != 0;

    /// <summary>DATA.</summary>
    /// <param name="frameNumber">Its number; taken modulo 8.</param>
    /// <param name="ackNumber">The next frame expected; taken modulo 8.</param>
    /// <param name="isRetransmission">Whether it is sent again.</param>
    public static AshControl Data(int frameNumber, int ackNumber, bool isRetransmission = false) =>
        new((byte)(((frameNumber & SequenceMask) << 4) | (isRetransmission ? FlagBit : 0) | (ackNumber & SequenceMask)));

    /// <summary>ACK.</summary>
    /// <param name="ackNumber">The next frame expected; taken modulo 8.</param>
    /// <param name="isNotReady">Whether the host takes no unasked frames for now.</param>
    public static AshControl Ack(int ackNumber, bool isNotReady = false) => Numbered(AckOctet, ackNumber, isNotReady);

    /// <summary>NAK.</summary>
    /// <param name="ackNumber">The next frame expected; taken modulo 8.</param>
    /// <param name="isNotReady">Whether the host takes no unasked frames for now.</param>
    public static AshControl Nak(int ackNumber, bool isNotReady = false) => Numbered(NakOctet, ackNumber, isNotReady);

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        AshFrameKind.Data => $"DATA {FrameNumber}{(IsRetransmission ? " again" : "")}, expects {AckNumber}",
        AshFrameKind.Ack => $"ACK, expects {AckNumber}{(IsNotReady ? ", not ready" : "")}",
        AshFrameKind.Nak => $"NAK, expects {AckNumber}{(IsNotReady ? ", not ready" : "")}",
        AshFrameKind.Reset => "RST",
        AshFrameKind.ResetAck => "RSTACK",
        AshFrameKind.Error => "ERROR",
        _ => $"unknown frame {Octet:X2}",
    };

    private static AshControl Numbered(byte kind, int ackNumber, bool isNotReady) =>
        new((byte)(kind | (isNotReady ? FlagBit : 0) | (ackNumber & SequenceMask)));
}
