using System.Globalization;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>What the raw numbers of a Metering server mean: multiplier, divisor and unit.</summary>
/// <remarks>
/// Spec: ZigBee Smart Energy profile, Metering formatting attributes, as this harness's ZigBee guide sums them up:
/// value = number × attribute 0301 / attribute 0302, counted in the unit of attribute 0300.
/// </remarks>
/// <param name="Multiplier">Attribute 0301.</param>
/// <param name="Divisor">Attribute 0302; not 0.</param>
/// <param name="Unit">Attribute 0300: 00 kWh, 01 m3; null when it was not told.</param>
public sealed record MeterScale(uint Multiplier, uint Divisor, byte? Unit)
{
    /// <summary>The attribute that tells the unit.</summary>
    public const ushort UnitAttribute = 0x0300;

    /// <summary>The attribute that tells the multiplier.</summary>
    public const ushort MultiplierAttribute = 0x0301;

    /// <summary>The attribute that tells the divisor.</summary>
    public const ushort DivisorAttribute = 0x0302;

    /// <summary>The unit of a summation, such as <c>kWh</c>; empty when it has no words.</summary>
    public string UnitText => Unit is { } unit ? ValueWords.Of("unit", unit, isBitmap: false) : "";

    /// <summary>Takes the scale from what was read or reported.</summary>
    /// <param name="attributes">Attributes of a Metering server; others than the three are passed over.</param>
    /// <returns>Null when multiplier or divisor is missing or invalid, or the divisor is 0.</returns>
    public static MeterScale? From(IEnumerable<AttributeResult> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        Dictionary<ushort, ulong> numbers = [];
        foreach (AttributeResult attribute in attributes)
        {
            if (attribute is { Attribute: UnitAttribute or MultiplierAttribute or DivisorAttribute, Value: { IsInvalid: false } value }
                && value.View.TryGetUInt64(out ulong number) && number <= uint.MaxValue)
            {
                numbers[attribute.Attribute] = number;
            }
        }

        return numbers.TryGetValue(MultiplierAttribute, out ulong multiplier)
            && numbers.TryGetValue(DivisorAttribute, out ulong divisor) && divisor != 0
            ? new((uint)multiplier, (uint)divisor, numbers.TryGetValue(UnitAttribute, out ulong unit) ? (byte)unit : null)
            : null;
    }

    /// <summary>A raw number in the meter's unit; null for a value that says there is none, or that is no number.</summary>
    /// <param name="value">The value of a summation, a demand or an interval.</param>
    public decimal? Apply(ZclData value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return !value.IsInvalid && value.View.TryGetInt64(out long number) ? Apply(number) : null;
    }

    /// <summary>A raw number in the meter's unit.</summary>
    /// <param name="number">The number.</param>
    public decimal Apply(long number) => (decimal)number * Multiplier / Divisor;

    /// <summary>A raw number with its unit, such as <c>123456.789 kWh</c>.</summary>
    /// <param name="number">The number.</param>
    /// <param name="isDemand">True for a demand: kW instead of kWh, m3/h instead of m3.</param>
    public string Text(long number, bool isDemand)
    {
        string unit = isDemand ? UnitText switch { "kWh" => "kW", "m3" => "m3/h", _ => UnitText } : UnitText;
        return $"{Apply(number).ToString("0.############", CultureInfo.InvariantCulture)} {unit}".TrimEnd();
    }
}
