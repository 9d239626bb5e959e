namespace DeviceHarness.Duis.Bodies;

/// <summary>A result that a gas device gives by name and number.</summary>
/// <param name="Name">The status name, such as <c>reliable</c>.</param>
/// <param name="ResponseCode">Its number.</param>
/// <remarks>Spec: MMC XML schema 5.1, StatusASN1.</remarks>
public sealed record Asn1Status(string Name, long ResponseCode);
