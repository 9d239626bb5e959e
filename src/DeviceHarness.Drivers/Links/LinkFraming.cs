namespace DeviceHarness.Drivers.Links;

/// <summary>What frames carry a device's APDUs.</summary>
public enum LinkFraming
{
    /// <summary>HDLC frames, as on serial lines and optical probes, also behind a terminal server.</summary>
    Hdlc,

    /// <summary>The wrapper of TCP: eight octets in front of each APDU.</summary>
    Wrapper,
}
