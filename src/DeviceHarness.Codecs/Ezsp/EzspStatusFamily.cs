namespace DeviceHarness.Codecs.Ezsp;

/// <summary>Which list a status comes from.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.3 sums it up.</remarks>
public enum EzspStatusFamily : byte
{
    /// <summary>The stack's, one octet.</summary>
    Ember,

    /// <summary>The serial protocol's, one octet.</summary>
    Ezsp,

    /// <summary>The vendor's, four octets.</summary>
    Sl,
}
