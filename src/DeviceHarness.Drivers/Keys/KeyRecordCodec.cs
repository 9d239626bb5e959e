using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.Keys;

/// <summary>A record of keys as octets, before they are encrypted.</summary>
/// <remarks>
/// Numbers are big-endian; a time is in milliseconds since 1970, 0 for none.
/// <code>
/// version 1 | generation 8 | state 1 | held 1 | prepared 8 | proven 8 | origin 16 | active | candidate | retired
/// a set: length of a key 1 (0: none) | encryption | authentication
/// </code>
/// </remarks>
internal static class KeyRecordCodec
{
    private const byte Version = 1;
    private const int OriginOctets = 16;
    private const int HeadOctets = 1 + 8 + 1 + 1 + 8 + 8 + OriginOctets;
    private const int StateOffset = 9;
    private const int HeldOffset = 10;
    private const int PreparedOffset = 11;
    private const int ProvenOffset = 19;
    private const int OriginOffset = 27;

    /// <summary>The most octets of a record.</summary>
    internal const int MaximumOctets = HeadOctets + (3 * (1 + (2 * SecuritySuiteFacts.LongKeyOctets)));

    /// <summary>Encodes a record; the caller clears the octets.</summary>
    internal static byte[] Encode(KeyRecord record, ulong generation)
    {
        byte[] buffer = new byte[MaximumOctets];
        buffer[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(buffer.AsSpan(1), generation);
        buffer[StateOffset] = (byte)record.State;
        buffer[HeldOffset] = (byte)record.Held;
        BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(PreparedOffset), record.PreparedAt?.ToUnixTimeMilliseconds() ?? 0);
        BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(ProvenOffset), record.ProvenAt?.ToUnixTimeMilliseconds() ?? 0);
        Encoding.ASCII.GetBytes(record.Origin).CopyTo(buffer.AsSpan(OriginOffset, OriginOctets));
        int written = HeadOctets;
        foreach (KeySet? keys in new[] { record.Active, record.Candidate, record.Retired })
        {
            written += Write(keys, buffer.AsSpan(written));
        }

        byte[] octets = buffer[..written];
        CryptographicOperations.ZeroMemory(buffer);
        return octets;
    }

    /// <summary>Decodes a record.</summary>
    /// <returns>Null when the octets are none.</returns>
    internal static (KeyRecord Record, ulong Generation)? Decode(ReadOnlySpan<byte> octets)
    {
        if (octets.Length < HeadOctets || octets[0] != Version
            || octets[StateOffset] > (byte)RotationState.Refused || octets[HeldOffset] > (byte)KeyProof.Former)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = octets[HeadOctets..];
        bool isRead = TryRead(ref rest, out KeySet? active) & TryRead(ref rest, out KeySet? candidate)
            & TryRead(ref rest, out KeySet? retired);
        RotationState state = (RotationState)octets[StateOffset];
        if (!isRead || active is null || !rest.IsEmpty || candidate is null != (state == RotationState.Settled))
        {
            return null;
        }

        KeyRecord record = KeyRecord.Restore(
            (Encoding.ASCII.GetString(octets.Slice(OriginOffset, OriginOctets)), state, (KeyProof)octets[HeldOffset]),
            (active, candidate, retired),
            (Time(octets[PreparedOffset..]), Time(octets[ProvenOffset..])));
        return (record, BinaryPrimitives.ReadUInt64BigEndian(octets[1..]));
    }

    private static int Write(KeySet? keys, Span<byte> target)
    {
        if (keys is null)
        {
            target[0] = 0;
            return 1;
        }

        int octets = keys.Encryption.OctetCount;
        target[0] = (byte)octets;
        keys.Encryption.Reveal().CopyTo(target[1..]);
        keys.Authentication.Reveal().CopyTo(target[(1 + octets)..]);
        return 1 + (2 * octets);
    }

    private static bool TryRead(ref ReadOnlySpan<byte> rest, out KeySet? keys)
    {
        keys = null;
        if (rest.IsEmpty)
        {
            return false;
        }

        int octets = rest[0];
        if (octets == 0)
        {
            rest = rest[1..];
            return true;
        }

        if (rest.Length < 1 + (2 * octets) || !CipherKey.TryCreate(rest.Slice(1, octets), out CipherKey? encryption)
            || !CipherKey.TryCreate(rest.Slice(1 + octets, octets), out CipherKey? authentication))
        {
            return false;
        }

        keys = new KeySet(encryption, authentication);
        rest = rest[(1 + (2 * octets))..];
        return true;
    }

    private static DateTimeOffset? Time(ReadOnlySpan<byte> octets)
    {
        long milliseconds = BinaryPrimitives.ReadInt64BigEndian(octets);
        return milliseconds is > 0 and < 253_402_300_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }
}
