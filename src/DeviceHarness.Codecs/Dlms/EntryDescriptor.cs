using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>Which rows and columns of a profile are selected, by their numbers.</summary>
/// <remarks>
/// Spec: IEC 62056-6-2, class 7 selective access, entry_descriptor (selector 2).
/// <code>
/// 02 04 | 06 from entry 4 | 06 to entry 4 | 12 from column 2 | 12 to column 2
/// </code>
/// </remarks>
/// <param name="FromEntry">The first row, from 1.</param>
/// <param name="ToEntry">The last row; 0 for the last that there is.</param>
/// <param name="FromColumn">The first column, from 1.</param>
/// <param name="ToColumn">The last column; 0 for the last that there is.</param>
public readonly record struct EntryDescriptor(uint FromEntry, uint ToEntry = 0, ushort FromColumn = 1, ushort ToColumn = 0)
{
    /// <summary>The selector's number.</summary>
    public const byte Selector = 2;

    /// <summary>How many octets the encoded descriptor takes.</summary>
    public const int EncodedOctets = 18;

    private const int Fields = 4;
    private const string Clause = "IEC 62056-6-2 class 7 entry_descriptor";

    /// <summary>True when no row or no column can be in it: a first number is 0, or behind the last.</summary>
    public bool IsEmpty => FromEntry == 0 || FromColumn == 0 || (ToEntry != 0 && ToEntry < FromEntry)
        || (ToColumn != 0 && ToColumn < FromColumn);

    /// <summary>Decodes the parameters of a selection.</summary>
    /// <param name="source">One encoded value of type Data; octets after it are left alone.</param>
    /// <param name="descriptor">The selection, when done.</param>
    /// <param name="consumedOctets">18 when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out EntryDescriptor descriptor, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        descriptor = default;
        if (SelectionFields.TryReadHead(ref reader, DlmsDataType.Structure, Fields, Clause)
            && SelectionFields.TryReadNumber(ref reader, DlmsDataType.DoubleLongUnsigned, Clause, out long fromEntry)
            && SelectionFields.TryReadNumber(ref reader, DlmsDataType.DoubleLongUnsigned, Clause, out long toEntry)
            && SelectionFields.TryReadNumber(ref reader, DlmsDataType.LongUnsigned, Clause, out long fromColumn)
            && SelectionFields.TryReadNumber(ref reader, DlmsDataType.LongUnsigned, Clause, out long toColumn))
        {
            descriptor = new((uint)fromEntry, (uint)toEntry, (ushort)fromColumn, (ushort)toColumn);
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the parameters of a selection.</summary>
    /// <param name="descriptor">The selection.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">18 when done, otherwise 0.</param>
    public static OperationStatus Encode(in EntryDescriptor descriptor, Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        writer.WriteStructure(Fields);
        writer.WriteDoubleLongUnsigned(descriptor.FromEntry);
        writer.WriteDoubleLongUnsigned(descriptor.ToEntry);
        writer.WriteLongUnsigned(descriptor.FromColumn);
        writer.WriteLongUnsigned(descriptor.ToColumn);
        return writer.Complete(out writtenOctets);
    }
}
