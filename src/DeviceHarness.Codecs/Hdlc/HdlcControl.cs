namespace DeviceHarness.Codecs.Hdlc;

/// <summary>The control octet: the frame's kind, its poll/final bit and its sequence numbers modulo 8.</summary>
/// <remarks>
/// Spec: IEC 62056-46, control field. R is N(R), S is N(S), P is poll (client) or final (server).
/// <code>
/// bit  7 6 5 4 3 2 1 0
/// I    R R R P S S S 0      SNRM 1 0 0 P 0 0 1 1      DM   0 0 0 F 1 1 1 1
/// RR   R R R P 0 0 0 1      DISC 0 1 0 P 0 0 1 1      FRMR 1 0 0 F 0 1 1 1
/// RNR  R R R P 0 1 0 1      UA   0 1 1 F 0 0 1 1      UI   0 0 0 P 0 0 1 1
/// </code>
/// </remarks>
/// <param name="Octet">The octet as sent; every value is accepted, see <see cref="Kind"/>.</param>
public readonly record struct HdlcControl(byte Octet)
{
    /// <summary>Sequence numbers count modulo this.</summary>
    public const int SequenceModulus = 8;

    private const byte PollFinalBit = 0x10;

    /// <summary>The frame's kind.</summary>
    public HdlcFrameKind Kind
    {
        get
        {
            if ((Octet & 0x01) == 0)
            {
                return HdlcFrameKind.Information;
            }

            return (Octet & 0x0F, Octet & ~PollFinalBit) switch
            {
                (0x01, _) => HdlcFrameKind.ReceiveReady,
                (0x05, _) => HdlcFrameKind.ReceiveNotReady,
                (_, 0x83) => HdlcFrameKind.Snrm,
                (_, 0x43) => HdlcFrameKind.Disc,
                (_, 0x63) => HdlcFrameKind.Ua,
                (_, 0x0F) => HdlcFrameKind.Dm,
                (_, 0x87) => HdlcFrameKind.Frmr,
                (_, 0x03) => HdlcFrameKind.UnnumberedInformation,
                _ => HdlcFrameKind.Unknown,
            };
        }
    }

    /// <summary>The poll bit of a client's frame, the final bit of a server's.</summary>
    public bool IsPollFinal => (Octet & PollFinalBit) != 0;

    /// <summary>N(S), 0 to 7; only an information frame has one, other kinds give 0.</summary>
    public int SendSequence => (Octet & 0x01) == 0 ? (Octet >> 1) & 0x07 : 0;

    /// <summary>N(R), 0 to 7, the next frame expected; unnumbered kinds give 0.</summary>
    public int ReceiveSequence => (Octet & 0x03) == 0x03 ? 0 : Octet >> 5;

    /// <summary>SNRM with the poll bit: 93.</summary>
    public static HdlcControl Snrm => new(0x93);

    /// <summary>DISC with the poll bit: 53.</summary>
    public static HdlcControl Disc => new(0x53);

    /// <summary>UA with the final bit: 73.</summary>
    public static HdlcControl Ua => new(0x73);

    /// <summary>DM with the final bit: 1F.</summary>
    public static HdlcControl Dm => new(0x1F);

    /// <summary>FRMR with the final bit: 97.</summary>
    public static HdlcControl Frmr => new(0x97);

    /// <summary>An information frame's control octet.</summary>
    /// <param name="sendSequence">N(S), taken modulo 8.</param>
    /// <param name="receiveSequence">N(R), taken modulo 8.</param>
    /// <param name="isPollFinal">True asks for an answer, or ends one.</param>
    public static HdlcControl Information(int sendSequence, int receiveSequence, bool isPollFinal = true) =>
        new((byte)(((receiveSequence & 7) << 5) | PollFinal(isPollFinal) | ((sendSequence & 7) << 1)));

    /// <summary>RR: ready to receive.</summary>
    /// <param name="receiveSequence">N(R), taken modulo 8.</param>
    /// <param name="isPollFinal">True asks for an answer, or ends one.</param>
    public static HdlcControl ReceiveReady(int receiveSequence, bool isPollFinal = true) =>
        new((byte)(((receiveSequence & 7) << 5) | PollFinal(isPollFinal) | 0x01));

    /// <summary>RNR: busy.</summary>
    /// <param name="receiveSequence">N(R), taken modulo 8.</param>
    /// <param name="isPollFinal">True asks for an answer, or ends one.</param>
    public static HdlcControl ReceiveNotReady(int receiveSequence, bool isPollFinal = true) =>
        new((byte)(((receiveSequence & 7) << 5) | PollFinal(isPollFinal) | 0x05));

    /// <summary>UI: 13, or 03 without the poll/final bit.</summary>
    /// <param name="isPollFinal">True asks for an answer, or ends one.</param>
    public static HdlcControl UnnumberedInformation(bool isPollFinal = true) => new((byte)(PollFinal(isPollFinal) | 0x03));

    /// <summary>The kind with its numbers, such as <c>I N(S)=2 N(R)=1 P/F</c>.</summary>
    public override string ToString()
    {
        string text = Kind switch
        {
            HdlcFrameKind.Information => $"I N(S)={SendSequence} N(R)={ReceiveSequence}",
            HdlcFrameKind.ReceiveReady => $"RR N(R)={ReceiveSequence}",
            HdlcFrameKind.ReceiveNotReady => $"RNR N(R)={ReceiveSequence}",
            HdlcFrameKind.Snrm => "SNRM",
            HdlcFrameKind.Disc => "DISC",
            HdlcFrameKind.Ua => "UA",
            HdlcFrameKind.Dm => "DM",
            HdlcFrameKind.Frmr => "FRMR",
            HdlcFrameKind.UnnumberedInformation => "UI",
            _ => $"control {Octet:X2}",
        };
        return IsPollFinal ? text + " P/F" : text;
    }

    private static int PollFinal(bool isPollFinal) => isPollFinal ? PollFinalBit : 0;
}
