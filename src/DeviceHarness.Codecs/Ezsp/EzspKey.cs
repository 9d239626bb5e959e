using System.Buffers.Binary;

namespace DeviceHarness.Codecs.Ezsp;

/// <summary>A 128-bit key, in the order in which it is stored. Its text never shows it.</summary>
public readonly struct EzspKey : IEquatable<EzspKey>
{
    /// <summary>The length of a key, in octets.</summary>
    public const int OctetCount = 16;

    private const int HalfOctets = OctetCount / 2;

    private readonly ulong _first;
    private readonly ulong _last;

    /// <summary>Copies a key.</summary>
    /// <param name="octets">16 octets.</param>
    /// <exception cref="ArgumentException">There are not 16.</exception>
    public EzspKey(ReadOnlySpan<byte> octets)
    {
        if (octets.Length != OctetCount)
        {
            throw new ArgumentException($"a key has {OctetCount} octets, not {octets.Length}", nameof(octets));
        }

        _first = BinaryPrimitives.ReadUInt64BigEndian(octets);
        _last = BinaryPrimitives.ReadUInt64BigEndian(octets[HalfOctets..]);
    }

    /// <summary>Whether all octets are 0, which stands for no key.</summary>
    public bool IsZero => (_first | _last) == 0;

    /// <summary>Whether two keys are the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(EzspKey left, EzspKey right) => left.Equals(right);

    /// <summary>Whether two keys differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(EzspKey left, EzspKey right) => !left.Equals(right);

    /// <summary>Copies the key out.</summary>
    /// <param name="target">Room for 16 octets.</param>
    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, _first);
        BinaryPrimitives.WriteUInt64BigEndian(target[HalfOctets..], _last);
    }

    /// <summary>Copies the key out.</summary>
    /// <returns>16 octets.</returns>
    public byte[] ToArray()
    {
        byte[] octets = new byte[OctetCount];
        CopyTo(octets);
        return octets;
    }

    /// <inheritdoc/>
    public bool Equals(EzspKey other) => ((_first ^ other._first) | (_last ^ other._last)) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EzspKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_first, _last);

    /// <summary>A text that tells nothing of the key.</summary>
    public override string ToString() => IsZero ? "no key" : "a key";
}
