using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Acse;

/// <summary>What a client proposes.</summary>
/// <param name="Conformance">The services.</param>
/// <param name="MaximumReceivePduOctets">The longest APDU that the client takes, in octets; 0 for no limit.</param>
/// <param name="DedicatedKey">A key for this association only, sent inside the ciphered initiate; null without.</param>
/// <param name="UserId">The user, where the meter has a list of them; null without.</param>
public sealed record AssociationProposal(
    Conformance Conformance, ushort MaximumReceivePduOctets, CipherKey? DedicatedKey = null, byte? UserId = null);
