using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>The fields that several xDLMS APDUs share.</summary>
internal static class ApduFields
{
    /// <summary>The clause reported for a wrong choice of an APDU.</summary>
    public const string ChoiceClause = "IEC 62056-5-3 APDU choice";

    /// <summary>The clause reported for a wrong APDU tag.</summary>
    public const string TagClause = "IEC 62056-5-3 APDU tag";

    private const string ListClause = "IEC 62056-5-3 lists of one APDU have one length";

    /// <summary>The fewest octets of an item that is an attribute descriptor and an absent selection.</summary>
    public const int MinimumAttributeItemOctets = CosemAttributeDescriptor.OctetCount + 1;

    /// <summary>Reads tag, choice and invoke id of a GET, SET or ACTION APDU.</summary>
    public static bool TryReadHead(
        scoped ref AxdrReader reader, ApduTag tag, int maximumChoice, out byte choice, out InvokeIdAndPriority invokeId)
    {
        choice = 0;
        invokeId = default;
        if (!reader.TryExpect((byte)tag, CodecFaultKind.UnknownTag, TagClause) || !reader.TryReadOctet(out choice))
        {
            return false;
        }

        if (choice == 0 || choice > maximumChoice)
        {
            return reader.Fail(new(CodecFaultKind.UnknownTag, 1, maximumChoice, choice, ChoiceClause));
        }

        bool isThere = reader.TryReadOctet(out byte octet);
        invokeId = new(octet);
        return isThere;
    }

    /// <summary>Writes tag, choice and invoke id of a GET, SET or ACTION APDU.</summary>
    public static void WriteHead(ref AxdrWriter writer, ApduTag tag, byte choice, InvokeIdAndPriority invokeId)
    {
        writer.WriteOctet((byte)tag);
        writer.WriteOctet(choice);
        writer.WriteOctet(invokeId.Octet);
    }

    /// <summary>Writes an encoded value; an empty one stops the writer, since no value has no octets.</summary>
    public static void WriteData(ref AxdrWriter writer, ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            writer.Fail();
        }

        writer.WriteOctets(data);
    }

    /// <summary>Reads last-block, block number and raw data.</summary>
    public static bool TryReadBlock(scoped ref AxdrReader reader, out bool isLast, out uint number, out ReadOnlySpan<byte> rawData)
    {
        number = 0;
        rawData = default;
        return reader.TryReadBoolean(out isLast) && reader.TryReadUInt32(out number) && reader.TryReadLengthPrefixed(out rawData);
    }

    /// <summary>Writes last-block, block number and raw data.</summary>
    public static void WriteBlock(ref AxdrWriter writer, bool isLast, uint number, ReadOnlySpan<byte> rawData)
    {
        writer.WriteFlag(isLast);
        writer.WriteUInt32(number);
        writer.WriteLengthPrefixed(rawData);
    }

    /// <summary>Reads a count and so many attribute descriptors with their selections; gives their octets.</summary>
    public static bool TryReadAttributes(
        scoped ref AxdrReader reader, ReadOnlySpan<byte> source, out int count, out ReadOnlySpan<byte> encoded)
    {
        encoded = default;
        if (!reader.TryReadCount(MinimumAttributeItemOctets, out count))
        {
            return false;
        }

        int start = reader.ConsumedOctets;
        for (int index = 0; index < count; index++)
        {
            if (!CosemAttributeDescriptor.TryRead(ref reader, out _) || !SelectiveAccess.TryRead(ref reader, out _))
            {
                return false;
            }
        }

        encoded = source[start..reader.ConsumedOctets];
        return true;
    }

    /// <summary>Reads a count that must be the same as that of the list before, and so many values; gives their octets.</summary>
    public static bool TryReadValues(
        scoped ref AxdrReader reader, ReadOnlySpan<byte> source, int expectedCount, out ReadOnlySpan<byte> encoded)
    {
        encoded = default;
        int countOffset = reader.ConsumedOctets;
        if (!reader.TryReadCount(1, out int count))
        {
            return false;
        }

        if (count != expectedCount)
        {
            return reader.Fail(new(CodecFaultKind.BadLength, countOffset, expectedCount, count, ListClause));
        }

        int start = reader.ConsumedOctets;
        for (int index = 0; index < count; index++)
        {
            if (!reader.TrySkipValue(out _))
            {
                return false;
            }
        }

        encoded = source[start..reader.ConsumedOctets];
        return true;
    }

    /// <summary>Reads a presence octet and, when it says so, one octet.</summary>
    public static bool TryReadOptionalOctet(scoped ref AxdrReader reader, out byte? value)
    {
        value = null;
        if (!reader.TryReadFlag(out bool isPresent) || !isPresent)
        {
            return reader.Status == System.Buffers.OperationStatus.Done;
        }

        bool isThere = reader.TryReadOctet(out byte octet);
        value = octet;
        return isThere;
    }
}
