using DeviceHarness.Codecs.Security.Curves;

namespace DeviceHarness.Codecs.Security.Cbke;

/// <summary>Who takes part in an exchange, as the MACs cover it.</summary>
/// <param name="Initiator">The subject of the initiator's certificate, as a number.</param>
/// <param name="Responder">The subject of the responder's certificate, as a number.</param>
/// <param name="InitiatorEphemeral">The initiator's ephemeral public key.</param>
/// <param name="ResponderEphemeral">The responder's ephemeral public key.</param>
public sealed record CbkeParties(ulong Initiator, ulong Responder, CurvePoint InitiatorEphemeral, CurvePoint ResponderEphemeral);
