using System.Buffers;

namespace DeviceHarness.Codecs.Axdr;

/// <summary>Turns octets into value trees and back.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, Data; A-XDR encoding. Depth and number of values are bounded before anything is reserved for them.
/// </remarks>
public static class DlmsDataCodec
{
    /// <summary>How many values one tree may have; a compact array could otherwise claim any number in a few octets.</summary>
    public const int MaximumValues = 65_536;

    private const string CompactArrayClause = "IEC 62056-5-3 compact-array";
    private const string LimitClause = "IEC 62056-5-3 Data";

    /// <summary>Decodes the value that the octets start with.</summary>
    /// <param name="source">The encoded value; octets after it are left alone.</param>
    /// <param name="data">The value, when done; otherwise null-data.</param>
    /// <param name="consumedOctets">The value's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out DlmsData data, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        int budget = MaximumValues;
        DlmsData? read = Read(ref reader, 0, ref budget);
        data = read ?? DlmsData.Null;
        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes a value.</summary>
    /// <param name="data">The value.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(DlmsData data, Span<byte> target, out int writtenOctets)
    {
        ArgumentNullException.ThrowIfNull(data);
        AxdrWriter writer = new(target);
        Write(ref writer, data);
        return writer.Complete(out writtenOctets);
    }

    /// <summary>Writes a value where a writer stands.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="data">The value.</param>
    public static void Write(ref AxdrWriter writer, DlmsData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        writer.WriteOctet((byte)data.Type);
        switch (data.Type)
        {
            case DlmsDataType.Array or DlmsDataType.Structure:
                writer.WriteLength(data.Items.Count);
                foreach (DlmsData item in data.Items)
                {
                    Write(ref writer, item);
                }

                break;
            case DlmsDataType.BitString:
                writer.WriteLength(data.BitCount);
                writer.WriteOctets(data.Octets.Span);
                break;
            case DlmsDataType.OctetString or DlmsDataType.VisibleString or DlmsDataType.Utf8String:
                writer.WriteLengthPrefixed(data.Octets.Span);
                break;
            default:
                writer.WriteOctets(data.Octets.Span);
                break;
        }
    }

    private static DlmsData? Read(scoped ref AxdrReader reader, int depth, ref int budget)
    {
        int valueOffset = reader.ConsumedOctets;
        if (!reader.TryReadValue(out AxdrValue value) || !TryCount(ref reader, depth, ref budget, valueOffset))
        {
            return null;
        }

        switch (value.Type)
        {
            case DlmsDataType.NullData:
                return DlmsData.Null;
            case DlmsDataType.Array or DlmsDataType.Structure:
                if (value.Count > budget)
                {
                    reader.Fail(new(CodecFaultKind.LimitExceeded, valueOffset, budget, value.Count, LimitClause));
                    return null;
                }

                DlmsData[] items = new DlmsData[value.Count];
                for (int index = 0; index < items.Length; index++)
                {
                    if (Read(ref reader, depth + 1, ref budget) is not DlmsData item)
                    {
                        return null;
                    }

                    items[index] = item;
                }

                return new(value.Type, [], 0, items);
            case DlmsDataType.CompactArray:
                return ReadCompactArray(ref reader, value.Octets, valueOffset, depth, ref budget);
            default:
                return new(value.Type, value.Octets.ToArray(), value.Count, []);
        }
    }

    private static bool TryCount(scoped ref AxdrReader reader, int depth, ref int budget, int offset)
    {
        if (depth > AxdrReader.MaximumDepth)
        {
            return reader.Fail(new(CodecFaultKind.LimitExceeded, offset, AxdrReader.MaximumDepth, depth, LimitClause));
        }

        return --budget >= 0 || reader.Fail(new(CodecFaultKind.LimitExceeded, offset, MaximumValues, MaximumValues + 1L, LimitClause));
    }

    private static DlmsData? ReadCompactArray(
        scoped ref AxdrReader reader, ReadOnlySpan<byte> octets, int valueOffset, int depth, ref int budget)
    {
        AxdrReader inner = new(octets);
        DlmsTypeDescription.TryRead(ref inner, out DlmsTypeDescription? description);
        inner.TryReadLengthPrefixed(out ReadOnlySpan<byte> contents);
        AxdrReader content = new(contents);
        List<DlmsData> items = [];
        while (description is not null && content.RemainingOctets > 0)
        {
            int before = content.ConsumedOctets;
            DlmsData? item = ReadUntagged(ref content, description, depth + 1, ref budget);
            if (item is null || content.ConsumedOctets == before)
            {
                // The contents are all there, so an item that does not fit, or takes no octets at all, has a wrong description.
                CodecFaultKind kind = content.Fault.Kind is CodecFaultKind.None or CodecFaultKind.Truncated
                    ? CodecFaultKind.BadLength
                    : content.Fault.Kind;
                int offset = valueOffset + 1 + (octets.Length - contents.Length) + before;
                reader.Fail(new(kind, offset, content.Fault.Expected, content.Fault.Actual, CompactArrayClause));
                return null;
            }

            items.Add(item);
        }

        return new(DlmsDataType.CompactArray, octets.ToArray(), 0, [.. items]);
    }

    private static DlmsData? ReadUntagged(scoped ref AxdrReader content, DlmsTypeDescription description, int depth, ref int budget)
    {
        if (!TryCount(ref content, depth, ref budget, content.ConsumedOctets))
        {
            return null;
        }

        int itemCount = description.ItemCount;
        if (description.Type is not (DlmsDataType.Array or DlmsDataType.Structure))
        {
            return description.Type == DlmsDataType.NullData ? DlmsData.Null : ReadScalar(ref content, description.Type);
        }

        if (itemCount > budget)
        {
            content.Fail(new(CodecFaultKind.LimitExceeded, content.ConsumedOctets, budget, itemCount, CompactArrayClause));
            return null;
        }

        DlmsData[] items = new DlmsData[itemCount];
        for (int index = 0; index < itemCount; index++)
        {
            DlmsTypeDescription itemDescription = description.Items[description.Type == DlmsDataType.Array ? 0 : index];
            if (ReadUntagged(ref content, itemDescription, depth + 1, ref budget) is not DlmsData item)
            {
                return null;
            }

            items[index] = item;
        }

        return new(description.Type, [], 0, items);
    }

    private static DlmsData? ReadScalar(scoped ref AxdrReader content, DlmsDataType type)
    {
        int contentOctets = type.ContentOctets();
        int bitCount = 0;
        ReadOnlySpan<byte> octets;
        bool isRead = type == DlmsDataType.BitString
            ? content.TryReadLength(out bitCount) & content.TryReadOctets((bitCount + 7) / 8, out octets)
            : contentOctets >= 0 ? content.TryReadOctets(contentOctets, out octets) : content.TryReadLengthPrefixed(out octets);
        return isRead ? new(type, octets.ToArray(), bitCount, []) : null;
    }
}
