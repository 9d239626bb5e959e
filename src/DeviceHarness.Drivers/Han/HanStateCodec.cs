using System.Buffers.Binary;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.Han;

/// <summary>The state of a trust centre as octets, before they are encrypted.</summary>
/// <remarks>
/// Numbers are big-endian. Behind the head of a network that was given up nothing follows.
/// <code>
/// version 1 | generation 8 | is there 1
/// EUI-64 8 | extended PAN 8 | PAN 2 | node 2 | channel 1 | power 1 | key number 1 | counters 4, 4 | network key 16 | own key 16 | count 1
/// a link key: EUI-64 8 | key 16
/// </code>
/// </remarks>
internal static class HanStateCodec
{
    private const byte Version = 1;
    private const int GenerationOffset = 1;
    private const int PresenceOffset = 9;
    private const int HeadOctets = 10;
    private const int KeyOctets = EzspKey.OctetCount;
    private const int NumberOctets = 8 + 8 + 2 + 2 + 1 + 1 + 1 + 4 + 4;
    private const int FixedOctets = HeadOctets + NumberOctets + KeyOctets + KeyOctets + 1;
    private const int EntryOctets = 8 + KeyOctets;

    /// <summary>The most octets of a state; its count of keys has one octet.</summary>
    internal const int MaximumOctets = FixedOctets + (byte.MaxValue * EntryOctets);

    /// <summary>Encodes a state; the caller clears the octets.</summary>
    internal static byte[] Encode(ZigBeeNetworkBackup? state, ulong generation)
    {
        byte[] octets = new byte[state is null ? HeadOctets : FixedOctets + (state.LinkKeys.Count * EntryOctets)];
        octets[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(octets.AsSpan(GenerationOffset), generation);
        if (state is null)
        {
            return octets;
        }

        octets[PresenceOffset] = 1;
        Span<byte> body = octets.AsSpan(HeadOctets);
        BinaryPrimitives.WriteUInt64BigEndian(body, state.Eui64);
        BinaryPrimitives.WriteUInt64BigEndian(body[8..], state.Network.ExtendedPanId);
        BinaryPrimitives.WriteUInt16BigEndian(body[16..], state.Network.PanId);
        BinaryPrimitives.WriteUInt16BigEndian(body[18..], state.Network.NodeId);
        body[20] = state.Network.Channel;
        body[21] = (byte)state.Network.TxPowerDbm;
        body[22] = state.NetworkKeySequence;
        BinaryPrimitives.WriteUInt32BigEndian(body[23..], state.NetworkFrameCounter);
        BinaryPrimitives.WriteUInt32BigEndian(body[27..], state.ApsFrameCounter);
        state.NetworkKey.Reveal().CopyTo(body[NumberOctets..]);
        state.TrustCentreKey.Reveal().CopyTo(body[(NumberOctets + KeyOctets)..]);
        octets[FixedOctets - 1] = (byte)state.LinkKeys.Count;
        Span<byte> entries = octets.AsSpan(FixedOctets);
        foreach ((ulong eui64, CipherKey key) in state.LinkKeys)
        {
            BinaryPrimitives.WriteUInt64BigEndian(entries, eui64);
            key.Reveal().CopyTo(entries[8..]);
            entries = entries[EntryOctets..];
        }

        return octets;
    }

    /// <summary>Decodes a state.</summary>
    /// <returns>Null when the octets are none.</returns>
    internal static (ZigBeeNetworkBackup? Record, ulong Generation)? Decode(ReadOnlySpan<byte> octets)
    {
        if (octets.Length < HeadOctets || octets[0] != Version)
        {
            return null;
        }

        ulong generation = BinaryPrimitives.ReadUInt64BigEndian(octets[GenerationOffset..]);
        if (octets[PresenceOffset] == 0)
        {
            return octets.Length == HeadOctets ? (null, generation) : null;
        }

        if (octets.Length < FixedOctets || octets.Length != FixedOctets + (octets[FixedOctets - 1] * EntryOctets))
        {
            return null;
        }

        ReadOnlySpan<byte> body = octets[HeadOctets..];
        Dictionary<ulong, CipherKey> keys = [];
        for (int at = FixedOctets; at < octets.Length; at += EntryOctets)
        {
            keys[BinaryPrimitives.ReadUInt64BigEndian(octets[at..])] = CipherKey.Create(octets.Slice(at + 8, KeyOctets));
        }

        ZigBeeNetworkBackup state = new()
        {
            Eui64 = BinaryPrimitives.ReadUInt64BigEndian(body),
            Network = new(
                ZigBeeRole.Coordinator, BinaryPrimitives.ReadUInt16BigEndian(body[18..]), BinaryPrimitives.ReadUInt64BigEndian(body[8..]),
                BinaryPrimitives.ReadUInt16BigEndian(body[16..]), body[20], (sbyte)body[21]),
            NetworkKeySequence = body[22],
            NetworkFrameCounter = BinaryPrimitives.ReadUInt32BigEndian(body[23..]),
            ApsFrameCounter = BinaryPrimitives.ReadUInt32BigEndian(body[27..]),
            NetworkKey = CipherKey.Create(body.Slice(NumberOctets, KeyOctets)),
            TrustCentreKey = CipherKey.Create(body.Slice(NumberOctets + KeyOctets, KeyOctets)),
            LinkKeys = keys,
        };
        return (state, generation);
    }
}
