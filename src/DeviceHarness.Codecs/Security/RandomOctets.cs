namespace DeviceHarness.Codecs.Security;

/// <summary>Fills octets at random; the caller says from which source, so that a test can repeat them.</summary>
/// <param name="target">What to fill, to the last octet.</param>
public delegate void RandomOctets(Span<byte> target);
