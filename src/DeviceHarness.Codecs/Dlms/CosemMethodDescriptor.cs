using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>Which method of which object: nine octets.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, Cosem-Method-Descriptor.
/// <code>
/// class id 2 | logical name 6 | method id 1
/// </code>
/// </remarks>
/// <param name="ClassId">The interface class.</param>
/// <param name="LogicalName">The object.</param>
/// <param name="MethodId">The method; negative ones are the manufacturer's.</param>
public readonly record struct CosemMethodDescriptor(ushort ClassId, ObisCode LogicalName, sbyte MethodId)
{
    /// <summary>How many octets the descriptor takes.</summary>
    public const int OctetCount = 9;

    /// <summary>Reads a descriptor.</summary>
    /// <param name="reader">The reader; its fault says what is wrong when this returns false.</param>
    /// <param name="descriptor">The descriptor.</param>
    public static bool TryRead(scoped ref AxdrReader reader, out CosemMethodDescriptor descriptor)
    {
        descriptor = default;
        if (!reader.TryReadUInt16(out ushort classId)
            || !reader.TryReadOctets(ObisCode.OctetCount, out ReadOnlySpan<byte> name)
            || !reader.TryReadOctet(out byte id))
        {
            return false;
        }

        descriptor = new(classId, ObisCode.FromOctets(name), (sbyte)id);
        return true;
    }

    /// <summary>Writes the descriptor.</summary>
    /// <param name="writer">The writer.</param>
    public void Write(ref AxdrWriter writer)
    {
        Span<byte> name = stackalloc byte[ObisCode.OctetCount];
        LogicalName.CopyTo(name);
        writer.WriteUInt16(ClassId);
        writer.WriteOctets(name);
        writer.WriteOctet((byte)MethodId);
    }

    /// <summary>Such as <c>70, 0-0:96.3.10.255, 1</c>.</summary>
    public override string ToString() => $"{ClassId}, {LogicalName}, {MethodId}";
}
