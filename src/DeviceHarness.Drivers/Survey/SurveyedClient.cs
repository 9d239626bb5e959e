namespace DeviceHarness.Drivers.Survey;

/// <summary>A client that the device has an association object for.</summary>
/// <param name="Object">The logical name of that object.</param>
/// <param name="Client">The client's address.</param>
/// <param name="Mechanism">How it proves who it is: <c>none</c>, <c>low-level security</c> or <c>high-level security, mechanism n</c>;
/// empty when the device does not tell.</param>
public sealed record SurveyedClient(string Object, int Client, string Mechanism);
