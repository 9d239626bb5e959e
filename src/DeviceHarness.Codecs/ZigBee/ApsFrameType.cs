namespace DeviceHarness.Codecs.ZigBee;

/// <summary>What an APS frame is.</summary>
/// <remarks>Spec: ZigBee specification, APS frame control, frame type.</remarks>
public enum ApsFrameType
{
    /// <summary>Data of an application.</summary>
    Data = 0,

    /// <summary>A command between the APS layers.</summary>
    Command = 1,

    /// <summary>An acknowledgement.</summary>
    Acknowledgement = 2,

    /// <summary>Data between networks.</summary>
    InterPan = 3,
}
