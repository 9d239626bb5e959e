using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Cosem;

/// <summary>How a register's raw number becomes a quantity: value = raw x 10^scaler, in a unit.</summary>
/// <remarks>Spec: IEC 62056-6-2, scal_unit_type: <c>02 02 0F scaler 16 unit</c>.</remarks>
/// <param name="Scaler">The power of ten, -128 to 127.</param>
/// <param name="Unit">The unit's code, see <see cref="CosemUnit"/>.</param>
public readonly record struct ScalerUnit(sbyte Scaler, byte Unit)
{
    /// <summary>How many octets it takes.</summary>
    public const int OctetCount = 6;

    /// <summary>The largest power of ten, in either direction, that decimal arithmetic can hold.</summary>
    public const int MaximumPower = 28;

    private const string Clause = "IEC 62056-6-2 scaler and unit";

    /// <summary>Decodes the structure of scaler and unit.</summary>
    /// <param name="source">The encoded value of type Data.</param>
    /// <param name="value">Scaler and unit, when done.</param>
    /// <param name="consumedOctets">6 when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out ScalerUnit value, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        value = default;
        if (reader.TryExpect((byte)DlmsDataType.Structure, CodecFaultKind.UnexpectedValue, Clause)
            && reader.TryExpect(2, CodecFaultKind.UnexpectedValue, Clause)
            && reader.TryExpect((byte)DlmsDataType.Integer, CodecFaultKind.UnexpectedValue, Clause)
            && reader.TryReadOctet(out byte scaler)
            && reader.TryExpect((byte)DlmsDataType.Enum, CodecFaultKind.UnexpectedValue, Clause)
            && reader.TryReadOctet(out byte unit))
        {
            value = new((sbyte)scaler, unit);
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the structure of scaler and unit.</summary>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">6 when done, otherwise 0.</param>
    public OperationStatus Encode(Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        writer.WriteStructure(2);
        writer.WriteInteger(Scaler);
        writer.WriteEnum(Unit);
        return writer.Complete(out writtenOctets);
    }

    /// <summary>The quantity of a raw number, exactly.</summary>
    /// <param name="raw">The raw number.</param>
    /// <param name="value">raw x 10^scaler.</param>
    /// <returns>False when decimal arithmetic cannot hold the result exactly.</returns>
    public bool TryScale(decimal raw, out decimal value)
    {
        value = raw;
        for (int power = Math.Abs((int)Scaler); power > 0 && value != 0; power--)
        {
            decimal next = Scaler < 0 ? value / 10m : 0m;
            if (Scaler < 0 ? next * 10m != value : Math.Abs(value) > decimal.MaxValue / 10m)
            {
                return false;
            }

            value = Scaler < 0 ? next : value * 10m;
        }

        return true;
    }

    /// <summary>The raw number of a quantity.</summary>
    /// <param name="value">The quantity in this unit.</param>
    /// <param name="raw">value / 10^scaler.</param>
    /// <returns>False when the quantity is no whole number of steps, or out of range.</returns>
    public bool TryUnscale(decimal value, out long raw)
    {
        raw = 0;
        if (Scaler == sbyte.MinValue
            || !new ScalerUnit((sbyte)-Scaler, Unit).TryScale(value, out decimal exact)
            || exact != decimal.Truncate(exact)
            || exact is < long.MinValue or > long.MaxValue)
        {
            return false;
        }

        raw = (long)exact;
        return true;
    }

    /// <summary>Such as <c>x10^-2 Wh</c>.</summary>
    public override string ToString() => $"x10^{Scaler} {CosemUnit.Symbol(Unit)}";
}
