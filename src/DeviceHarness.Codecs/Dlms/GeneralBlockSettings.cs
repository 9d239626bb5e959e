namespace DeviceHarness.Codecs.Dlms;

/// <summary>The limits of one party of general block transfer.</summary>
public sealed record GeneralBlockSettings
{
    /// <summary>The octets of a block that are not data: tag, control, two numbers, and a length of at most three octets.</summary>
    public const int OverheadOctets = 9;

    /// <summary>The longest block sent, with its overhead, in octets: the negotiated PDU size, above the overhead.</summary>
    public int MaximumBlockApduOctets { get; init; } = 1024;

    /// <summary>How many blocks this party takes in a row, 1 to 63. 1 fits a link that carries one APDU each way.</summary>
    public int WindowBlocks { get; init; } = 1;

    /// <summary>How many blocks this party sends in a row at most, 1 to 63, whatever the peer's window. 1 fits a link that carries one
    /// APDU each way.</summary>
    public int MaximumRowBlocks { get; init; } = GeneralBlockTransfer.MaximumWindowBlocks;

    /// <summary>The longest APDU that is put together, in octets; at least 1.</summary>
    public int MaximumApduOctets { get; init; } = BlockAssembler.DefaultMaximumOctets;
}
