using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>What client and server agreed on.</summary>
/// <param name="Conformance">The services that both can do.</param>
/// <param name="ServerMaximumPduOctets">The longest APDU that the server takes, in octets; 0 for no limit.</param>
public readonly record struct DlmsAssociation(Conformance Conformance, int ServerMaximumPduOctets);
