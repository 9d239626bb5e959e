using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Survey;

/// <summary>An association that the device opened.</summary>
/// <param name="Client">The client.</param>
/// <param name="Mechanism">How the client proved who it is.</param>
/// <param name="Services">The services that both can do.</param>
/// <param name="MaximumPduOctets">The longest APDU that the device takes, in octets; 0 for no limit.</param>
public sealed record SurveyedAssociation(int Client, string Mechanism, Conformance Services, int MaximumPduOctets);
