namespace DeviceHarness.Codecs.Ash;

/// <summary>What the reader found in octets.</summary>
public enum AshReading
{
    /// <summary>All octets were taken, and no frame ended.</summary>
    NeedMoreOctets = 0,

    /// <summary>A whole frame.</summary>
    Frame,

    /// <summary>A frame that its receiver answers with NAK: a wrong checksum, a control octet or length that cannot be, or too
    /// long.</summary>
    Damaged,
}
