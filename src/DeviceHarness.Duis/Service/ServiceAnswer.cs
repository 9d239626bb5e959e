using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Duis.Service;

/// <summary>One message that the service sent back: an acknowledgement, a refusal or a response.</summary>
/// <param name="ResponseCode">The response code, such as <c>I99</c>, <c>I0</c> or <c>E5</c>.</param>
/// <param name="Body">The response body that came with it; null when none did.</param>
/// <param name="Xml">The whole DUIS response.</param>
public sealed record ServiceAnswer(string ResponseCode, SrvResponseBody? Body, string Xml);
