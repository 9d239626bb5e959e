using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Codecs.Acse;

/// <summary>What a server grants to one client.</summary>
/// <param name="Conformance">The services.</param>
/// <param name="MaximumReceivePduOctets">The longest APDU that the server takes, in octets; 0 for no limit.</param>
/// <param name="MinimumClientPduOctets">The shortest limit of a client that is taken, in octets.</param>
public sealed record AssociationOffer(Conformance Conformance, ushort MaximumReceivePduOctets, ushort MinimumClientPduOctets = 32);
