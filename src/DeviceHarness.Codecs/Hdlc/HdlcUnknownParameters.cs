namespace DeviceHarness.Codecs.Hdlc;

/// <summary>The negotiation parameters that were found and skipped because their identifier is not known.</summary>
/// <param name="Count">How many; 0 when all were known.</param>
/// <param name="FirstIdentifier">The identifier of the first; 0 when there is none.</param>
public readonly record struct HdlcUnknownParameters(int Count, byte FirstIdentifier);
