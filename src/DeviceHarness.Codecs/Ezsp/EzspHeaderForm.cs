namespace DeviceHarness.Codecs.Ezsp;

/// <summary>How the header of an EZSP frame looks.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.1 sums it up.</remarks>
public enum EzspHeaderForm : byte
{
    /// <summary>Version 4, and the first version command of every version: sequence, frame control, identifier; 3 octets.</summary>
    Short,

    /// <summary>Versions 5 to 7: sequence, frame control, FF, 00, identifier; 5 octets.</summary>
    Marked,

    /// <summary>Version 8 and later: sequence, frame control of two octets, identifier of two octets; 5 octets.</summary>
    Extended,
}
