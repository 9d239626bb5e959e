namespace DeviceHarness.Codecs.Security;

/// <summary>The keys of an association that last longer than it.</summary>
/// <remarks>Spec: IEC 62056-6-2, security setup class 64.</remarks>
/// <param name="Unicast">The global unicast encryption key.</param>
/// <param name="Authentication">The authentication key.</param>
/// <param name="Broadcast">The global broadcast encryption key; null when it is not held.</param>
public sealed record GlobalKeys(CipherKey Unicast, CipherKey Authentication, CipherKey? Broadcast = null);
