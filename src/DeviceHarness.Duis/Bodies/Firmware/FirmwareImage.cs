using System.Security.Cryptography;

namespace DeviceHarness.Duis.Bodies.Firmware;

/// <summary>The octets of a firmware image, and the hash that SRV 11.3 names it by. Compares by content.</summary>
/// <remarks>The hash is taken over the whole file. Which octets of an upgrade file a SMETS1 Service Provider hashes is in no text that was
/// reached: an assumption.</remarks>
public sealed class FirmwareImage : IEquatable<FirmwareImage>
{
    /// <summary>The largest image that a Service Request can carry, in octets.</summary>
    /// <remarks>Spec: DUIS XML schema 5.4, UpdateFirmware: base64Binary of at most 10,240,000.</remarks>
    public const int MaxOctets = 10_240_000;

    /// <summary>The length of the hash, in octets.</summary>
    public const int HashOctets = 32;

    /// <summary>Takes the octets of a file.</summary>
    /// <param name="octets">1 to 10,240,000 octets; not copied, and not to be changed any more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none, or too many.</exception>
    public FirmwareImage(ReadOnlyMemory<byte> octets)
    {
        ArgumentOutOfRangeException.ThrowIfZero(octets.Length, nameof(octets));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(octets.Length, MaxOctets, nameof(octets));
        Octets = octets;
        Hash = SHA256.HashData(octets.Span);
    }

    /// <summary>The octets.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>The SHA-256 of the octets.</summary>
    public ReadOnlyMemory<byte> Hash { get; }

    /// <inheritdoc/>
    public bool Equals(FirmwareImage? other) => other is not null && Hash.Span.SequenceEqual(other.Hash.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FirmwareImage);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(Hash.Span);

    /// <inheritdoc/>
    public override string ToString() => $"{Octets.Length} octets, SHA-256 {Convert.ToHexStringLower(Hash.Span)}";
}
