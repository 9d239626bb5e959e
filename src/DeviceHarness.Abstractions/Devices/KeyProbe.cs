namespace DeviceHarness.Abstractions.Devices;

/// <summary>Which key a device was found to hold.</summary>
/// <param name="Proof">The key that it proved to hold, or that it refused the one it was asked with.</param>
/// <param name="Detail">What a person should know; no key is in it.</param>
public sealed record KeyProbe(KeyProof Proof, string Detail);
