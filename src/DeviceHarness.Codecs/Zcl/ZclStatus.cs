namespace DeviceHarness.Codecs.Zcl;

/// <summary>How a command or a part of it went.</summary>
/// <remarks>Spec: ZigBee Cluster Library, status enumerations.</remarks>
public enum ZclStatus : byte
{
    /// <summary>Well.</summary>
    Success = 0x00,

    /// <summary>Not well.</summary>
    Failure = 0x01,

    /// <summary>The sender may not do that.</summary>
    NotAuthorised = 0x7E,

    /// <summary>The fields are not those of the command.</summary>
    MalformedCommand = 0x80,

    /// <summary>The cluster's command is not known.</summary>
    UnsupportedClusterCommand = 0x81,

    /// <summary>The global command is not known.</summary>
    UnsupportedGeneralCommand = 0x82,

    /// <summary>The manufacturer's command of the cluster is not known.</summary>
    UnsupportedManufacturerClusterCommand = 0x83,

    /// <summary>The manufacturer's global command is not known.</summary>
    UnsupportedManufacturerGeneralCommand = 0x84,

    /// <summary>A field has a value that it may not have.</summary>
    InvalidField = 0x85,

    /// <summary>There is no such attribute.</summary>
    UnsupportedAttribute = 0x86,

    /// <summary>An attribute may not have that value.</summary>
    InvalidValue = 0x87,

    /// <summary>The attribute may not be written.</summary>
    ReadOnly = 0x88,

    /// <summary>There is no room.</summary>
    InsufficientSpace = 0x89,

    /// <summary>It is there already.</summary>
    DuplicateExists = 0x8A,

    /// <summary>It is not there.</summary>
    NotFound = 0x8B,

    /// <summary>The attribute is never reported.</summary>
    UnreportableAttribute = 0x8C,

    /// <summary>The attribute has another type.</summary>
    InvalidDataType = 0x8D,

    /// <summary>There is no such item of the attribute.</summary>
    InvalidSelector = 0x8E,

    /// <summary>The attribute may not be read.</summary>
    WriteOnly = 0x8F,

    /// <summary>It took too long.</summary>
    Timeout = 0x94,

    /// <summary>The transfer was given up.</summary>
    Abort = 0x95,

    /// <summary>The image is not valid.</summary>
    InvalidImage = 0x96,

    /// <summary>The data are not there yet.</summary>
    WaitForData = 0x97,

    /// <summary>There is no image.</summary>
    NoImageAvailable = 0x98,

    /// <summary>Another image is needed first.</summary>
    RequireMoreImage = 0x99,

    /// <summary>The device is at fault.</summary>
    HardwareFailure = 0xC0,

    /// <summary>The program of the device is at fault.</summary>
    SoftwareFailure = 0xC1,

    /// <summary>There is no such cluster.</summary>
    UnsupportedCluster = 0xC3,
}
