namespace DeviceHarness.Codecs.Dlms;

/// <summary>The services that a side can do: 24 bits, bit 0 of the standard is the most significant.</summary>
/// <remarks>Spec: IEC 62056-5-3, Conformance block. The server answers the AND of the proposal and its own set.</remarks>
[Flags]
public enum Conformance
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>general-protection (bit 1).</summary>
    GeneralProtection = 0x400000,

    /// <summary>general-block-transfer (bit 2).</summary>
    GeneralBlockTransfer = 0x200000,

    /// <summary>read, short names (bit 3).</summary>
    Read = 0x100000,

    /// <summary>write, short names (bit 4).</summary>
    Write = 0x080000,

    /// <summary>unconfirmed-write, short names (bit 5).</summary>
    UnconfirmedWrite = 0x040000,

    /// <summary>delta-value-encoding (bit 6).</summary>
    DeltaValueEncoding = 0x020000,

    /// <summary>attribute0-supported-with-set (bit 8).</summary>
    Attribute0SupportedWithSet = 0x008000,

    /// <summary>priority-mgmt-supported (bit 9).</summary>
    PriorityManagementSupported = 0x004000,

    /// <summary>attribute0-supported-with-get (bit 10).</summary>
    Attribute0SupportedWithGet = 0x002000,

    /// <summary>block-transfer-with-get-or-read (bit 11).</summary>
    BlockTransferWithGet = 0x001000,

    /// <summary>block-transfer-with-set-or-write (bit 12).</summary>
    BlockTransferWithSet = 0x000800,

    /// <summary>block-transfer-with-action (bit 13).</summary>
    BlockTransferWithAction = 0x000400,

    /// <summary>multiple-references (bit 14).</summary>
    MultipleReferences = 0x000200,

    /// <summary>information-report, short names (bit 15).</summary>
    InformationReport = 0x000100,

    /// <summary>data-notification (bit 16).</summary>
    DataNotification = 0x000080,

    /// <summary>access (bit 17).</summary>
    Access = 0x000040,

    /// <summary>parameterized-access, short names (bit 18).</summary>
    ParameterizedAccess = 0x000020,

    /// <summary>get (bit 19).</summary>
    Get = 0x000010,

    /// <summary>set (bit 20).</summary>
    Set = 0x000008,

    /// <summary>selective-access (bit 21).</summary>
    SelectiveAccess = 0x000004,

    /// <summary>event-notification (bit 22).</summary>
    EventNotification = 0x000002,

    /// <summary>action (bit 23).</summary>
    Action = 0x000001,
}
