using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;

namespace DeviceHarness.Codecs.Explain;

/// <summary>
/// Explains an encoded value, one line per value, with the moment, name or unit that an octet-string or structure may hold.
/// </summary>
internal static class DataExplainer
{
    /// <summary>Explains one encoded value.</summary>
    public static void Explain(ExplanationWriter writer, ReadOnlySpan<byte> encoded, int offset)
    {
        AxdrReader reader = new(encoded);
        Walk(writer, ref reader, encoded, offset, 0);
        if (reader.Status != System.Buffers.OperationStatus.Done)
        {
            writer.Fault(offset, reader.Fault);
        }
    }

    private static bool Walk(ExplanationWriter writer, scoped ref AxdrReader reader, ReadOnlySpan<byte> encoded, int offset, int depth)
    {
        int valueOffset = reader.ConsumedOctets;
        if (writer.IsFull || depth > AxdrReader.MaximumDepth || !reader.TryReadValue(out AxdrValue value))
        {
            return false;
        }

        string name = value.Type.StandardName();
        if (value.Type is not (DlmsDataType.Array or DlmsDataType.Structure))
        {
            writer.Line(offset + valueOffset, value.Type == DlmsDataType.NullData
                ? name
                : $"{name} {Content(value, encoded[valueOffset..])}");
            return true;
        }

        bool isScaler = ScalerUnit.Decode(encoded[valueOffset..], out ScalerUnit scaler, out _, out _)
            == System.Buffers.OperationStatus.Done;
        writer.Line(offset + valueOffset, $"{name} of {value.Count}{(isScaler ? $" = scaler and unit {scaler}" : "")}");
        writer.Enter();
        bool isRead = true;
        for (int index = 0; index < value.Count && isRead; index++)
        {
            isRead = Walk(writer, ref reader, encoded, offset, depth + 1);
        }

        writer.Leave();
        return isRead;
    }

    private static string Content(AxdrValue value, ReadOnlySpan<byte> encoded)
    {
        if (value.Type is DlmsDataType.OctetString or DlmsDataType.DateTime or DlmsDataType.Date or DlmsDataType.Time)
        {
            return ExplanationWriter.Hex(value.Octets) + Meaning(value);
        }

        if (value.Type == DlmsDataType.CompactArray)
        {
            System.Buffers.OperationStatus status = DlmsDataCodec.Decode(encoded, out DlmsData data, out _, out CodecFault fault);
            return status == System.Buffers.OperationStatus.Done
                ? $"of {data.Items.Count}: {string.Join(", ", data.Items.Take(ExplanationWriter.MaximumShownOctets))}"
                : $"{ExplanationWriter.Hex(value.Octets)} {fault}";
        }

        return value.Octets.Length <= ExplanationWriter.MaximumShownOctets
            ? new DlmsData(value.Type, value.Octets.ToArray(), value.Count, []).ContentText
            : ExplanationWriter.Hex(value.Octets);
    }

    private static string Meaning(AxdrValue value)
    {
        switch (value.Octets.Length)
        {
            case CosemDateTime.OctetCount:
                CosemDateTime.Decode(value.Octets, out CosemDateTime moment, out _, out _);
                bool isMoment = moment.Month is <= 12 or >= 0xFD && moment.Hour is <= 23 or 0xFF
                    && (moment.Year is > 1900 and < 2200 or 0xFFFF);
                return isMoment ? $" = {moment}" : Text(value);
            case ObisCode.OctetCount when value.Octets[^1] == 0xFF:
                ObisCode name = ObisCode.FromOctets(value.Octets);
                return $" = {name}{CosemNames.Object(name)}";
            case CosemDate.OctetCount when value.Type == DlmsDataType.Date:
                CosemDate.Decode(value.Octets, out CosemDate date, out _, out _);
                return $" = {date}";
            case CosemTime.OctetCount when value.Type == DlmsDataType.Time:
                CosemTime.Decode(value.Octets, out CosemTime time, out _, out _);
                return $" = {time}";
            default:
                return Text(value);
        }
    }

    private static string Text(AxdrValue value)
    {
        bool isShort = value.Octets.Length <= ExplanationWriter.MaximumShownOctets;
        return isShort && DlmsData.OctetString(value.Octets).Text is string text ? $" \"{text}\"" : "";
    }
}
