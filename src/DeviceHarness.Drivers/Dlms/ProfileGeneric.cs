using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>Reads a profile of captured values: its columns, and the rows of a period.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 7, as this harness's DLMS guide sums it up. The columns are read first, since devices of one model
/// may capture different ones.</remarks>
/// <param name="client">The association.</param>
/// <param name="name">The profile's logical name.</param>
/// <param name="port">The port, for messages.</param>
public sealed class ProfileGeneric(DlmsClient client, ObisCode name, string port)
{
    /// <summary>The interface class.</summary>
    public const ushort ClassId = 7;

    private const byte RangeSelector = 1;
    private const byte EntrySelector = 2;
    private const int ParameterOctets = 64;

    private readonly CosemAttributeDescriptor _buffer = new(ClassId, name, 2);
    private readonly CosemAttributeDescriptor _columns = new(ClassId, name, 3);
    private readonly CosemAttributeDescriptor _period = new(ClassId, name, 4);
    private readonly CosemAttributeDescriptor _entriesInUse = new(ClassId, name, 7);

    /// <summary>Reads what the columns are.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    public async ValueTask<IReadOnlyList<CaptureObject>> ReadColumnsAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> data = await client.GetAsync(_columns, cancellationToken).ConfigureAwait(false);
        List<CaptureObject> columns = [];
        foreach (DlmsData item in Array(data, _columns))
        {
            columns.Add(TryReadColumn(item, out CaptureObject column)
                ? column
                : throw DlmsFaults.Unexpected(data, What(_columns), "a column that is no structure of class, name, attribute and index"));
        }

        return columns;
    }

    /// <summary>Reads the capture period, in seconds; 0 when values are captured by events.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    public ValueTask<long> ReadPeriodSecondsAsync(CancellationToken cancellationToken) => ReadNumberAsync(_period, cancellationToken);

    /// <summary>Reads how many rows the buffer holds.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    public async ValueTask<long> ReadEntriesInUseAsync(CancellationToken cancellationToken)
    {
        long count = await ReadNumberAsync(_entriesInUse, cancellationToken).ConfigureAwait(false);
        return count is >= 0 and <= uint.MaxValue
            ? count
            : throw DlmsFaults.Unexpected(default, What(_entriesInUse), $"{count} rows");
    }

    /// <summary>Reads rows by their numbers, every column of them.</summary>
    /// <param name="first">The first row, from 1.</param>
    /// <param name="last">The last row, included.</param>
    /// <param name="columns">How many columns a row must have.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The rows in the device's order; a value that is null data follows from the row before.</returns>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    public ValueTask<IReadOnlyList<IReadOnlyList<DlmsData>>> ReadEntriesAsync(
        uint first, uint last, int columns, CancellationToken cancellationToken)
    {
        byte[] parameter = new byte[ParameterOctets];
        AxdrWriter writer = new(parameter);
        writer.WriteStructure(4);
        writer.WriteDoubleLongUnsigned(first);
        writer.WriteDoubleLongUnsigned(last);
        writer.WriteLongUnsigned(1);
        writer.WriteLongUnsigned((ushort)columns);
        return writer.Complete(out int octets) == OperationStatus.Done
            ? ReadRowsAsync(EntrySelector, parameter.AsMemory(0, octets), columns, cancellationToken)
            : throw new UnreachableException();
    }

    /// <summary>Reads the rows of a period, every column of them.</summary>
    /// <param name="clock">The column by which rows are chosen: the clock's time.</param>
    /// <param name="from">The period's start.</param>
    /// <param name="to">The period's end, included.</param>
    /// <param name="columns">How many columns a row must have.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The rows in the device's order; a value that is null data follows from the row before.</returns>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    public async ValueTask<IReadOnlyList<IReadOnlyList<DlmsData>>> ReadRangeAsync(
        CosemAttributeDescriptor clock, DateTimeOffset from, DateTimeOffset to, int columns, CancellationToken cancellationToken)
    {
        byte[] parameter = new byte[ParameterOctets];
        int length = EncodeRange(clock, from, to, parameter);
        return await ReadRowsAsync(RangeSelector, parameter.AsMemory(0, length), columns, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<long> ReadNumberAsync(CosemAttributeDescriptor attribute, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> data = await client.GetAsync(attribute, cancellationToken).ConfigureAwait(false);
        AxdrReader reader = new(data.Span);
        return reader.TryReadValue(out AxdrValue value) && value.TryGetInt64(out long number)
            ? number
            : throw DlmsFaults.Malformed(data, reader.Fault, $"{What(attribute)}: no whole number");
    }

    private async ValueTask<IReadOnlyList<IReadOnlyList<DlmsData>>> ReadRowsAsync(
        byte selector, ReadOnlyMemory<byte> parameter, int columns, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> data = await client.GetAsync(_buffer, selector, parameter, cancellationToken).ConfigureAwait(false);
        List<IReadOnlyList<DlmsData>> rows = [];
        foreach (DlmsData row in Array(data, _buffer))
        {
            rows.Add(row.Type == DlmsDataType.Structure && row.Items.Count == columns
                ? row.Items
                : throw DlmsFaults.Unexpected(data, What(_buffer), $"row {rows.Count + 1} is no structure of {columns} values"));
        }

        return rows;
    }

    private static int EncodeRange(CosemAttributeDescriptor clock, DateTimeOffset from, DateTimeOffset to, Span<byte> target)
    {
        AxdrWriter writer = new(target);
        writer.WriteStructure(4);
        writer.WriteStructure(4);
        writer.WriteLongUnsigned(clock.ClassId);
        writer.WriteOctetString(clock.LogicalName.ToOctets());
        writer.WriteInteger(clock.AttributeId);
        writer.WriteLongUnsigned(0);
        writer.WriteOctetString(CosemDateTime.From(from.ToUniversalTime()).ToOctets());
        writer.WriteOctetString(CosemDateTime.From(to.ToUniversalTime()).ToOctets());
        writer.WriteArray(0);
        return writer.Complete(out int octets) == OperationStatus.Done ? octets : throw new UnreachableException();
    }

    private static bool TryReadColumn(DlmsData item, out CaptureObject column)
    {
        column = default;
        if (item.Type != DlmsDataType.Structure || item.Items.Count != 4 || item.Items[1].Octets.Length != ObisCode.OctetCount
            || !item.Items[0].TryGetInt64(out long classId) || classId is < 0 or > ushort.MaxValue
            || !item.Items[2].TryGetInt64(out long attribute) || attribute is < sbyte.MinValue or > sbyte.MaxValue
            || !item.Items[3].TryGetInt64(out long index) || index is < 0 or > ushort.MaxValue)
        {
            return false;
        }

        ObisCode name = ObisCode.FromOctets(item.Items[1].Octets.Span);
        column = new CaptureObject(new CosemAttributeDescriptor((ushort)classId, name, (sbyte)attribute), (int)index);
        return true;
    }

    private IReadOnlyList<DlmsData> Array(ReadOnlyMemory<byte> data, CosemAttributeDescriptor attribute)
    {
        if (DlmsDataCodec.Decode(data.Span, out DlmsData array, out _, out CodecFault fault) != OperationStatus.Done)
        {
            throw DlmsFaults.Malformed(data, fault, What(attribute));
        }

        return array.Type == DlmsDataType.Array
            ? array.Items
            : throw DlmsFaults.Unexpected(data, What(attribute), $"a value of type {array.Type} where an array was expected");
    }

    private string What(CosemAttributeDescriptor attribute) => $"{port}: GET {attribute}";
}
