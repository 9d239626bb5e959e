using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;

namespace DeviceHarness.Virtual.Objects;

/// <summary>A column of a profile: the attribute that is captured.</summary>
/// <param name="ClassId">The class of its object.</param>
/// <param name="LogicalName">The name of its object.</param>
/// <param name="Attribute">The attribute, from 1.</param>
internal readonly record struct ProfileColumn(ushort ClassId, ObisCode LogicalName, sbyte Attribute)
{
    private const int Fields = 4;

    /// <summary>The clock's time.</summary>
    public static ProfileColumn Clock { get; } = new(8, ObisCode.Parse("0-0:1.0.0.255"), 2);

    /// <summary>Reads a capture object definition; its data index may only be 0, the whole attribute.</summary>
    /// <param name="reader">The reader, before the structure.</param>
    /// <param name="column">The column.</param>
    /// <returns>False when it is no capture object definition.</returns>
    public static bool TryRead(scoped ref AxdrReader reader, out ProfileColumn column)
    {
        column = default;
        if (!reader.TryReadValue(out AxdrValue head) || head.Type != DlmsDataType.Structure || head.Count != Fields
            || !TryReadNumber(ref reader, DlmsDataType.LongUnsigned, out long classId)
            || !reader.TryReadValue(out AxdrValue name) || name.Type != DlmsDataType.OctetString
            || name.Octets.Length != ObisCode.OctetCount
            || !TryReadNumber(ref reader, DlmsDataType.Integer, out long attribute)
            || !TryReadNumber(ref reader, DlmsDataType.LongUnsigned, out long dataIndex) || dataIndex != 0)
        {
            return false;
        }

        ReadOnlySpan<byte> octets = name.Octets;
        column = new ProfileColumn(
            (ushort)classId, new ObisCode(octets[0], octets[1], octets[2], octets[3], octets[4], octets[5]), (sbyte)attribute);
        return true;
    }

    /// <summary>Writes the capture object definition.</summary>
    public void Write(ref AxdrWriter writer)
    {
        writer.WriteStructure(Fields);
        writer.WriteLongUnsigned(ClassId);
        writer.WriteOctetString(LogicalName.ToOctets());
        writer.WriteInteger(Attribute);
        writer.WriteLongUnsigned(0);
    }

    private static bool TryReadNumber(scoped ref AxdrReader reader, DlmsDataType type, out long value)
    {
        value = 0;
        return reader.TryReadValue(out AxdrValue read) && read.Type == type && read.TryGetInt64(out value);
    }
}
