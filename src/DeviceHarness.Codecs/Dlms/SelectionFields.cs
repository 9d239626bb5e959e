using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>Reads the typed values that selections are made of; a value of another type is a fault at its own offset.</summary>
internal static class SelectionFields
{
    /// <summary>Reads the head of an array or structure of so many items.</summary>
    public static bool TryReadHead(scoped ref AxdrReader reader, DlmsDataType type, int count, string clause)
    {
        int offset = reader.ConsumedOctets;
        if (!TryReadOf(ref reader, type, clause, out AxdrValue value))
        {
            return false;
        }

        return value.Count == count || reader.Fail(new(CodecFaultKind.BadLength, offset, count, value.Count, clause));
    }

    /// <summary>Reads a whole number of one type.</summary>
    public static bool TryReadNumber(scoped ref AxdrReader reader, DlmsDataType type, string clause, out long value)
    {
        value = 0;
        return TryReadOf(ref reader, type, clause, out AxdrValue read) && read.TryGetInt64(out value);
    }

    /// <summary>Reads an octet-string of one length.</summary>
    public static bool TryReadOctets(scoped ref AxdrReader reader, int count, string clause, out ReadOnlySpan<byte> octets)
    {
        octets = default;
        int offset = reader.ConsumedOctets;
        if (!TryReadOf(ref reader, DlmsDataType.OctetString, clause, out AxdrValue value))
        {
            return false;
        }

        octets = value.Octets;
        return octets.Length == count || reader.Fail(new(CodecFaultKind.BadLength, offset, count, octets.Length, clause));
    }

    /// <summary>Reads a value of one type; of an array or structure only its head.</summary>
    public static bool TryReadOf(scoped ref AxdrReader reader, DlmsDataType type, string clause, out AxdrValue value)
    {
        int offset = reader.ConsumedOctets;
        if (!reader.TryReadValue(out value))
        {
            return false;
        }

        return value.Type == type || reader.Fail(new(CodecFaultKind.UnexpectedValue, offset, (long)type, (long)value.Type, clause));
    }
}
