using System.Buffers;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>Which rows of a profile are selected, by the values of one column, and which columns of them.</summary>
/// <remarks>
/// Spec: IEC 62056-6-2, class 7 selective access, range_descriptor (selector 1). Spans point into the octets that were decoded.
/// <code>
/// 02 04 | restricting object 18 | from value | to value | 01 n { column 18 }      no columns: all of them
/// </code>
/// </remarks>
public readonly ref struct RangeDescriptor
{
    /// <summary>The selector's number.</summary>
    public const byte Selector = 1;

    /// <summary>The octets of a descriptor of two moments without a choice of columns.</summary>
    public const int EncodedMomentsOctets = 50;

    private const int Fields = 4;
    private const string Clause = "IEC 62056-6-2 class 7 range_descriptor";

    /// <summary>Selects by the values of a column.</summary>
    /// <param name="restricting">The column whose values decide.</param>
    /// <param name="from">The smallest value that belongs to it, one encoded value of type Data.</param>
    /// <param name="to">The largest value that belongs to it, one encoded value of type Data.</param>
    /// <param name="columnCount">How many columns are wanted; 0 for all.</param>
    /// <param name="encodedColumns">So many definitions, as <see cref="CaptureObjectDefinition.Write"/> writes them.</param>
    public RangeDescriptor(
        CaptureObjectDefinition restricting,
        ReadOnlySpan<byte> from,
        ReadOnlySpan<byte> to,
        int columnCount = 0,
        ReadOnlySpan<byte> encodedColumns = default)
    {
        Restricting = restricting;
        From = from;
        To = to;
        ColumnCount = columnCount;
        EncodedColumns = encodedColumns;
    }

    /// <summary>The column whose values decide.</summary>
    public CaptureObjectDefinition Restricting { get; }

    /// <summary>The smallest value that belongs to it, one encoded value of type Data.</summary>
    public ReadOnlySpan<byte> From { get; }

    /// <summary>The largest value that belongs to it, one encoded value of type Data.</summary>
    public ReadOnlySpan<byte> To { get; }

    /// <summary>How many columns are wanted; 0 for all.</summary>
    public int ColumnCount { get; }

    /// <summary>The columns that are wanted, to be read with <see cref="CaptureObjectDefinition.TryRead"/>.</summary>
    public ReadOnlySpan<byte> EncodedColumns { get; }

    /// <summary>The bounds as moments, when they are: an octet-string of twelve octets, or a date-time of its own type.</summary>
    /// <param name="from">The first moment.</param>
    /// <param name="to">The last moment.</param>
    public bool TryGetMoments(out CosemDateTime from, out CosemDateTime to)
    {
        bool isFrom = TryGetMoment(From, out from);
        return TryGetMoment(To, out to) && isFrom;
    }

    /// <summary>Decodes the parameters of a selection.</summary>
    /// <param name="source">One encoded value of type Data; octets after it are left alone.</param>
    /// <param name="descriptor">The selection, when done.</param>
    /// <param name="consumedOctets">The value's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out RangeDescriptor descriptor, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        descriptor = default;
        if (SelectionFields.TryReadHead(ref reader, DlmsDataType.Structure, Fields, Clause)
            && CaptureObjectDefinition.TryRead(ref reader, out CaptureObjectDefinition restricting)
            && reader.TrySkipValue(out ReadOnlySpan<byte> from)
            && reader.TrySkipValue(out ReadOnlySpan<byte> to)
            && SelectionFields.TryReadOf(ref reader, DlmsDataType.Array, Clause, out AxdrValue columns))
        {
            int start = reader.ConsumedOctets;
            for (int index = 0; index < columns.Count && reader.Status == OperationStatus.Done; index++)
            {
                _ = CaptureObjectDefinition.TryRead(ref reader, out _);
            }

            descriptor = reader.Status == OperationStatus.Done
                ? new(restricting, from, to, columns.Count, source[start..reader.ConsumedOctets])
                : default;
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the parameters of a selection.</summary>
    /// <param name="descriptor">The selection.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in RangeDescriptor descriptor, Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        WriteHead(ref writer, descriptor.Restricting);
        ApduFields.WriteData(ref writer, descriptor.From);
        ApduFields.WriteData(ref writer, descriptor.To);
        writer.WriteArray(descriptor.ColumnCount);
        writer.WriteOctets(descriptor.EncodedColumns);
        return writer.Complete(out writtenOctets);
    }

    /// <summary>Encodes the selection of a period, all columns of it.</summary>
    /// <param name="clock">The column of the clock.</param>
    /// <param name="from">The period's start.</param>
    /// <param name="to">The period's end, which belongs to it.</param>
    /// <param name="target">Where the octets go; <see cref="EncodedMomentsOctets"/> are enough.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus EncodePeriod(
        CaptureObjectDefinition clock, CosemDateTime from, CosemDateTime to, Span<byte> target, out int writtenOctets)
    {
        Span<byte> moment = stackalloc byte[CosemDateTime.OctetCount];
        AxdrWriter writer = new(target);
        WriteHead(ref writer, clock);
        from.Encode(moment, out _);
        writer.WriteOctetString(moment);
        to.Encode(moment, out _);
        writer.WriteOctetString(moment);
        writer.WriteArray(0);
        return writer.Complete(out writtenOctets);
    }

    private static void WriteHead(ref AxdrWriter writer, CaptureObjectDefinition restricting)
    {
        writer.WriteStructure(Fields);
        restricting.Write(ref writer);
    }

    private static bool TryGetMoment(ReadOnlySpan<byte> encoded, out CosemDateTime moment)
    {
        moment = default;
        AxdrReader reader = new(encoded);
        return reader.TryReadValue(out AxdrValue value)
            && value.Type is DlmsDataType.OctetString or DlmsDataType.DateTime
            && value.Octets.Length == CosemDateTime.OctetCount
            && CosemDateTime.Decode(value.Octets, out moment, out _, out _) == OperationStatus.Done;
    }
}
