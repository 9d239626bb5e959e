namespace DeviceHarness.Codecs.Ash;

/// <summary>One frame between host and adapter, without checksum, escapes and flag, which writer and reader add and take away.</summary>
/// <remarks>
/// Source: the public UART-EZSP gateway protocol reference (Silicon Labs), as this harness's ZigBee guide sums it up. The data point into
/// the reader: copy what must outlive its next call.
/// <code>
/// control 1 | data 0..n | CRC 2, high octet first | 7E
///             '- of DATA: randomised -'
/// </code>
/// </remarks>
public readonly ref struct AshFrame
{
    /// <summary>The protocol version that RSTACK and ERROR carry.</summary>
    public const byte ProtocolVersion = 2;

    /// <summary>The fewest octets of a DATA frame's data field.</summary>
    public const int MinimumDataOctets = 3;

    /// <summary>The most octets of a DATA frame's data field in the published reference.</summary>
    public const int ReferenceDataOctets = 128;

    /// <summary>The most octets of a DATA frame's data field that newer adapters take and send: from EZSP 8 on.</summary>
    public const int ExtendedDataOctets = 220;

    /// <summary>The data field of RSTACK and ERROR, in octets: version and code.</summary>
    public const int StatusDataOctets = 2;

    /// <summary>Makes a frame.</summary>
    /// <param name="control">The control octet.</param>
    /// <param name="data">The data field in clear; empty when the kind has none.</param>
    public AshFrame(AshControl control, ReadOnlySpan<byte> data = default)
    {
        Control = control;
        Data = data;
    }

    /// <summary>The control octet.</summary>
    public AshControl Control { get; }

    /// <summary>The data field in clear: an EZSP frame in DATA, version and code in RSTACK and ERROR, else empty.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>The protocol version in RSTACK or ERROR; 0 in other kinds.</summary>
    public byte Version => IsStatus ? Data[0] : (byte)0;

    /// <summary>The reset code in RSTACK, the error code in ERROR; <see cref="AshResetCode.Unknown"/> in other kinds.</summary>
    public AshResetCode Code => IsStatus ? (AshResetCode)Data[1] : AshResetCode.Unknown;

    private bool IsStatus =>
        Control.Kind is AshFrameKind.ResetAck or AshFrameKind.Error && Data.Length == StatusDataOctets;
}
