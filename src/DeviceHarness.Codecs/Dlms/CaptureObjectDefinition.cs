using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>What one column of a profile captures.</summary>
/// <remarks>
/// Spec: IEC 62056-6-2, class 7, capture_object_definition.
/// <code>
/// 02 04 | 12 class 2 | 09 06 logical name 6 | 0F attribute 1 | 12 data index 2
/// </code>
/// </remarks>
/// <param name="Attribute">The attribute; attribute 0 stands for all of them.</param>
/// <param name="DataIndex">Which element of a structured attribute, from 1; 0 for the whole attribute.</param>
public readonly record struct CaptureObjectDefinition(CosemAttributeDescriptor Attribute, ushort DataIndex)
{
    /// <summary>How many octets an encoded definition takes.</summary>
    public const int EncodedOctets = 18;

    private const int Fields = 4;
    private const string Clause = "IEC 62056-6-2 class 7 capture_object_definition";

    /// <summary>Reads a definition.</summary>
    /// <param name="reader">The reader; its fault says what is wrong when this returns false.</param>
    /// <param name="definition">The definition.</param>
    public static bool TryRead(scoped ref AxdrReader reader, out CaptureObjectDefinition definition)
    {
        definition = default;
        if (!SelectionFields.TryReadHead(ref reader, DlmsDataType.Structure, Fields, Clause)
            || !SelectionFields.TryReadNumber(ref reader, DlmsDataType.LongUnsigned, Clause, out long classId)
            || !SelectionFields.TryReadOctets(ref reader, ObisCode.OctetCount, Clause, out ReadOnlySpan<byte> name)
            || !SelectionFields.TryReadNumber(ref reader, DlmsDataType.Integer, Clause, out long attribute)
            || !SelectionFields.TryReadNumber(ref reader, DlmsDataType.LongUnsigned, Clause, out long index))
        {
            return false;
        }

        definition = new(new CosemAttributeDescriptor((ushort)classId, ObisCode.FromOctets(name), (sbyte)attribute), (ushort)index);
        return true;
    }

    /// <summary>Writes the definition.</summary>
    /// <param name="writer">The writer.</param>
    public void Write(ref AxdrWriter writer)
    {
        Span<byte> name = stackalloc byte[ObisCode.OctetCount];
        Attribute.LogicalName.CopyTo(name);
        writer.WriteStructure(Fields);
        writer.WriteLongUnsigned(Attribute.ClassId);
        writer.WriteOctetString(name);
        writer.WriteInteger(Attribute.AttributeId);
        writer.WriteLongUnsigned(DataIndex);
    }
}
