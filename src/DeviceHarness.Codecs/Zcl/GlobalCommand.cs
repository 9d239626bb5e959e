namespace DeviceHarness.Codecs.Zcl;

/// <summary>The commands that every cluster has.</summary>
/// <remarks>Spec: ZigBee Cluster Library, general command frames.</remarks>
public enum GlobalCommand : byte
{
    /// <summary>Reads attributes.</summary>
    ReadAttributes = 0x00,

    /// <summary>The values read.</summary>
    ReadAttributesResponse = 0x01,

    /// <summary>Writes attributes.</summary>
    WriteAttributes = 0x02,

    /// <summary>Writes all attributes or none.</summary>
    WriteAttributesUndivided = 0x03,

    /// <summary>Which writes failed.</summary>
    WriteAttributesResponse = 0x04,

    /// <summary>Writes attributes and wants no answer.</summary>
    WriteAttributesNoResponse = 0x05,

    /// <summary>Says when attributes are to be reported.</summary>
    ConfigureReporting = 0x06,

    /// <summary>Which of it failed.</summary>
    ConfigureReportingResponse = 0x07,

    /// <summary>Asks when attributes are reported.</summary>
    ReadReportingConfiguration = 0x08,

    /// <summary>When attributes are reported.</summary>
    ReadReportingConfigurationResponse = 0x09,

    /// <summary>Values that were not asked for.</summary>
    ReportAttributes = 0x0A,

    /// <summary>How a command without a response of its own went.</summary>
    DefaultResponse = 0x0B,

    /// <summary>Asks which attributes there are.</summary>
    DiscoverAttributes = 0x0C,

    /// <summary>Which attributes there are.</summary>
    DiscoverAttributesResponse = 0x0D,

    /// <summary>Reads items of attributes.</summary>
    ReadAttributesStructured = 0x0E,

    /// <summary>Writes items of attributes.</summary>
    WriteAttributesStructured = 0x0F,

    /// <summary>Which of the writes failed.</summary>
    WriteAttributesStructuredResponse = 0x10,

    /// <summary>Asks which commands are understood.</summary>
    DiscoverCommandsReceived = 0x11,

    /// <summary>Which commands are understood.</summary>
    DiscoverCommandsReceivedResponse = 0x12,

    /// <summary>Asks which commands are sent.</summary>
    DiscoverCommandsGenerated = 0x13,

    /// <summary>Which commands are sent.</summary>
    DiscoverCommandsGeneratedResponse = 0x14,

    /// <summary>Asks which attributes there are and what may be done with them.</summary>
    DiscoverAttributesExtended = 0x15,

    /// <summary>Which attributes there are and what may be done with them.</summary>
    DiscoverAttributesExtendedResponse = 0x16,
}
