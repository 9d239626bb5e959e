namespace DeviceHarness.Codecs.Security;

/// <summary>A key on its way to a device.</summary>
/// <param name="Id">Which key of the device it becomes.</param>
/// <param name="Octets">The key, wrapped under the master key: 24 or 40 octets.</param>
public readonly record struct WrappedKey(KeyId Id, ReadOnlyMemory<byte> Octets);
