using System.Buffers;
using System.Collections.Frozen;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Drivers.Esme.Reads;

/// <summary>Reads the values of one answer by the objects that the profile names for it. A value that the profile does not name, or that
/// the device gives as null data, is absent. An attribute is read once for all the values in it.</summary>
/// <param name="client">The association.</param>
/// <param name="objects">The profile's objects for this variant.</param>
/// <param name="clock">The clock's time, by which logs are read.</param>
/// <param name="port">The port, for messages.</param>
/// <param name="notes">Takes what the device's clock says in the rows of logs.</param>
/// <param name="lists">Reads all attributes at once where the device lets it.</param>
internal sealed class ReadValues(
    DlmsClient client, IReadOnlyDictionary<string, ReadObject> objects, CosemAttributeDescriptor clock, string port, RowClockNotes notes,
    AttributeList lists)
{
    private IReadOnlyDictionary<CosemAttributeDescriptor, byte[]>? _listed;
    private readonly Dictionary<CosemAttributeDescriptor, DlmsData> _read = [];

    /// <summary>Whether the profile names a value.</summary>
    internal bool Has(string field) => objects.ContainsKey(field);

    /// <summary>What each script of a schedule does to which load; empty when the profile does not say.</summary>
    internal IReadOnlyDictionary<long, LoadScript> ScriptsOf(string field) =>
        objects.TryGetValue(field, out ReadObject? place) && place.Scripts is { } scripts
            ? scripts
            : FrozenDictionary<long, LoadScript>.Empty;

    /// <summary>A number in its unit; null when absent.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    internal async ValueTask<decimal?> NumberAsync(string field, CancellationToken cancellationToken)
    {
        if (await DataAsync(field, cancellationToken).ConfigureAwait(false) is not { } value)
        {
            return null;
        }

        ReadObject place = objects[field];
        ScalerUnit? scaler = place.Unit is null
            ? null
            : await ScalerAsync(place.Attribute, place.Unit.Value, cancellationToken).ConfigureAwait(false);
        return Scaled(value, scaler, What(place.Attribute));
    }

    /// <summary>A whole number in its unit, a fraction cut off; null when absent.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    internal async ValueTask<long?> IntegerAsync(string field, CancellationToken cancellationToken)
    {
        decimal? number = await NumberAsync(field, cancellationToken).ConfigureAwait(false);
        return number is { } known ? Whole(known, What(objects[field].Attribute)) : null;
    }

    /// <summary>A text, cut to what the answer can hold; octets that are no text as hexadecimal; null when absent or
    /// empty.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    internal async ValueTask<string?> TextAsync(string field, int maxCharacters, CancellationToken cancellationToken)
    {
        if (await DataAsync(field, cancellationToken).ConfigureAwait(false) is not { } value)
        {
            return null;
        }

        string? text = value.Text ?? (value.Type == DlmsDataType.OctetString ? Convert.ToHexString(value.Octets.Span) : null);
        if (text is null && value.TryGetInt64(out long number))
        {
            text = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        // Some meters fill their texts up with blanks or zeros.
        text = text?.TrimEnd(' ', '\0');
        return text switch
        {
            null => throw Unexpected(field, $"the value {value} is no text"),
            "" => null,
            _ => text[..Math.Min(text.Length, maxCharacters)],
        };
    }

    /// <summary>A truth value, a number that is 0 or not, or bits of which one is set or none; null when absent.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    internal async ValueTask<bool?> TruthAsync(string field, CancellationToken cancellationToken)
    {
        if (await DataAsync(field, cancellationToken).ConfigureAwait(false) is not { } value)
        {
            return null;
        }

        return value switch
        {
            { Type: DlmsDataType.Boolean } => value.Octets.Span[0] != 0,
            { Type: DlmsDataType.BitString } => value.Octets.Span.ContainsAnyExcept((byte)0),
            _ when value.TryGetInt64(out long number) => number != 0,
            _ => throw Unexpected(field, $"the value {value} is no truth value"),
        };
    }

    /// <summary>The value as it is; null when absent.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    internal async ValueTask<DlmsData?> DataAsync(string field, CancellationToken cancellationToken)
    {
        if (!objects.TryGetValue(field, out ReadObject? place))
        {
            return null;
        }

        DlmsData value = await ReadAsync(place.Attribute, cancellationToken).ConfigureAwait(false);
        foreach (int part in place.Part ?? [])
        {
            value = part <= value.Items.Count
                ? value.Items[part - 1]
                : throw Unexpected(field, $"a value of {value.Items.Count} parts where part {part} was expected");
        }

        return value.IsNull ? null : value;
    }

    /// <summary>The rows of the variant's log that lie in a period.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    internal async ValueTask<ReadRows> LogAsync(ReadLogPeriod period, int maxEntries, CancellationToken cancellationToken)
    {
        ReadObject log = objects[ReadFields.Log];
        LogBuffer buffer = new(client, log.Attribute.LogicalName, clock, port, notes);
        LogRows rows = log.SelectsEntries
            ? await buffer.ReadEntriesAsync(period, cancellationToken).ConfigureAwait(false)
            : await buffer.ReadRangeAsync(period, cancellationToken).ConfigureAwait(false);
        return rows.Rows.Count <= maxEntries
            ? new ReadRows(rows, objects, clock, ScalerAsync)
            : throw rows.Unexpected($"{rows.Rows.Count} rows where at most {maxEntries} were expected");
    }

    /// <summary>How many seconds the variant's log captures over.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    internal ValueTask<long> LogPeriodSecondsAsync(CancellationToken cancellationToken) =>
        new LogBuffer(client, objects[ReadFields.Log].Attribute.LogicalName, clock, port, notes).ReadPeriodSecondsAsync(cancellationToken);

    /// <summary>The error for a value that is not as it must be.</summary>
    internal RemoteProtocolException Unexpected(string field, string problem) =>
        DlmsFaults.Unexpected(ReadOnlyMemory<byte>.Empty, What(objects[field].Attribute), problem);

    /// <summary>A number as it stands or scaled; a fraction that decimal arithmetic cannot hold is cut.</summary>
    internal static decimal Scaled(DlmsData value, ScalerUnit? scaler, string what)
    {
        if (!value.TryGetDecimal(out decimal raw))
        {
            throw DlmsFaults.Unexpected(ReadOnlyMemory<byte>.Empty, what, $"the value {value} is no number");
        }

        return scaler is not { } known || known.TryScale(raw, out raw)
            ? raw
            : throw DlmsFaults.Unexpected(ReadOnlyMemory<byte>.Empty, what, $"{value} x 10^{known.Scaler} is beyond any quantity");
    }

    /// <summary>A whole number, a fraction cut off as a display cuts it.</summary>
    internal static long Whole(decimal number, string what)
    {
        decimal whole = decimal.Truncate(number);
        return whole is >= long.MinValue and <= long.MaxValue
            ? (long)whole
            : throw DlmsFaults.Unexpected(ReadOnlyMemory<byte>.Empty, what, $"{whole} is beyond any quantity");
    }

    private async ValueTask<DlmsData> ReadAsync(CosemAttributeDescriptor attribute, CancellationToken cancellationToken)
    {
        if (_read.TryGetValue(attribute, out DlmsData? known))
        {
            return known;
        }

        ReadOnlyMemory<byte> data = await GetAsync(attribute, cancellationToken).ConfigureAwait(false);
        if (DlmsDataCodec.Decode(data.Span, out DlmsData value, out _, out CodecFault fault) != OperationStatus.Done)
        {
            throw DlmsFaults.Malformed(data, fault, What(attribute));
        }

        _read[attribute] = value;
        return value;
    }

    private async ValueTask<ReadOnlyMemory<byte>> GetAsync(CosemAttributeDescriptor attribute, CancellationToken cancellationToken)
    {
        _listed ??= await lists.ReadAsync(Listable(), cancellationToken).ConfigureAwait(false);
        return _listed.TryGetValue(attribute, out byte[]? known)
            ? known
            : await client.GetAsync(attribute, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What every answer of the variant needs; of a log only its rows tell which scalers.</summary>
    private List<CosemAttributeDescriptor> Listable() => objects.ContainsKey(ReadFields.Log)
        ? []
        : [.. objects.Values.Select(place => place.Attribute)
            .Concat(objects.Values.Where(place => place.Unit is not null)
                .Select(place => place.Attribute with { AttributeId = ReadObject.ScalerUnitAttribute }))
            .Distinct()];

    private async ValueTask<ScalerUnit> ScalerAsync(
        CosemAttributeDescriptor register, byte unit, CancellationToken cancellationToken)
    {
        CosemAttributeDescriptor attribute = register with { AttributeId = ReadObject.ScalerUnitAttribute };
        ReadOnlyMemory<byte> data = await GetAsync(attribute, cancellationToken).ConfigureAwait(false);
        if (ScalerUnit.Decode(data.Span, out ScalerUnit scaler, out _, out CodecFault fault) != OperationStatus.Done)
        {
            throw DlmsFaults.Malformed(data, fault, What(attribute));
        }

        return scaler.Unit == unit
            ? scaler
            : throw DlmsFaults.Unexpected(
                data, What(attribute), $"unit {CosemUnit.Symbol(scaler.Unit)} where {CosemUnit.Symbol(unit)} was expected");
    }

    private string What(CosemAttributeDescriptor attribute) => $"{port}: GET {attribute}";
}
