namespace DeviceHarness.Drivers.Dlms;

/// <summary>An image that a device holds, verified.</summary>
/// <param name="Octets">Its size in octets.</param>
/// <param name="Identification">What it was announced as.</param>
/// <param name="Signature">What the device computed of it; empty when it computes nothing.</param>
/// <remarks>Spec: IEC 62056-6-2, class 18, attribute 7, as this harness's DLMS guide sums it up. What a signature is, the device model
/// decides: this harness expects the SHA-256 of the image.</remarks>
public sealed record ImageToActivate(long Octets, ReadOnlyMemory<byte> Identification, ReadOnlyMemory<byte> Signature);
