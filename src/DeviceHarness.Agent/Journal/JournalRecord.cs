using System.Buffers.Binary;
using System.Numerics;
using DeviceHarness.Contracts.V1;
using Google.Protobuf;

namespace DeviceHarness.Agent.Journal;

/// <summary>The form of one event in a journal file.</summary>
/// <remarks>
/// <code>
/// | length: 4, little-endian | CRC-32C of the event: 4, little-endian | event: protobuf AttemptEvent, length octets |
/// </code>
/// A record that the file ends in, or whose checksum is wrong, was torn by a loss of power: it and what follows never happened.
/// </remarks>
internal static class JournalRecord
{
    /// <summary>The octets in front of the event.</summary>
    public const int HeaderOctets = 8;

    /// <summary>The largest event in octets: a piece of evidence at its limit, with room for its frame.</summary>
    public const int MaximumEventOctets = 3 * 1024 * 1024;

    /// <summary>Writes one event with its header.</summary>
    public static void Write(AttemptEvent attemptEvent, Stream target)
    {
        byte[] content = attemptEvent.ToByteArray();
        if (content.Length > MaximumEventOctets)
        {
            throw new ArgumentException($"an event of {content.Length} octets; at most {MaximumEventOctets}", nameof(attemptEvent));
        }

        Span<byte> header = stackalloc byte[HeaderOctets];
        BinaryPrimitives.WriteInt32LittleEndian(header, content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Checksum(content));
        target.Write(header);
        target.Write(content);
    }

    /// <summary>Reads the record at the start of a span.</summary>
    /// <returns>The record's whole length in octets; 0 when there is no whole, sound record.</returns>
    public static int TryRead(ReadOnlySpan<byte> source, out AttemptEvent? attemptEvent)
    {
        attemptEvent = null;
        if (source.Length < HeaderOctets)
        {
            return 0;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(source);

        // No event is empty, but octets that never reached the disk read as zeros, and zero is the checksum of nothing.
        if (length is <= 0 or > MaximumEventOctets || source.Length - HeaderOctets < length)
        {
            return 0;
        }

        ReadOnlySpan<byte> content = source.Slice(HeaderOctets, length);
        if (Checksum(content) != BinaryPrimitives.ReadUInt32LittleEndian(source[4..]))
        {
            return 0;
        }

        try
        {
            attemptEvent = AttemptEvent.Parser.ParseFrom(content);
        }
        catch (InvalidProtocolBufferException)
        {
            // The checksum of other content can match by chance; such a record is as torn as one whose checksum does not.
            return 0;
        }

        return HeaderOctets + length;
    }

    private static uint Checksum(ReadOnlySpan<byte> content)
    {
        uint crc = uint.MaxValue;
        while (content.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(content));
            content = content[sizeof(ulong)..];
        }

        foreach (byte octet in content)
        {
            crc = BitOperations.Crc32C(crc, octet);
        }

        return ~crc;
    }
}
