using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.SmartEnergy;

namespace DeviceHarness.Drivers.Gsme;

/// <summary>How the numbers of a gas meter become cubic metres.</summary>
internal static class GasScale
{
    private const byte CubicMetres = 0x01;
    private const byte BinaryCodedDecimal = 0x80;
    private const int Decimals = 3;

    /// <summary>Asks for unit, multiplier and divisor.</summary>
    /// <exception cref="Abstractions.Errors.RemoteProtocolException">HAN-041: as <see cref="Checked"/>.</exception>
    internal static async Task<MeterScale> ReadAsync(SmartEnergyDevice meter, CancellationToken cancellationToken) => Checked(
        await meter.ReadAsync(
            ClusterCatalogue.Metering, cancellationToken, MeterScale.UnitAttribute, MeterScale.MultiplierAttribute,
            MeterScale.DivisorAttribute).ConfigureAwait(false));

    /// <summary>The scale among what was read.</summary>
    /// <exception cref="Abstractions.Errors.RemoteProtocolException">HAN-041: a part is missing, or the meter counts something else than
    /// cubic metres: only its supplier knows by which factors kWh came from a volume.</exception>
    internal static MeterScale Checked(AttributeValues values)
    {
        MeterScale scale = values.Scale
            ?? throw values.Unfit(MeterScale.DivisorAttribute, "multiplier or divisor is missing, so that the numbers have no meaning");
        return scale.Unit is { } unit && (unit & ~BinaryCodedDecimal) == CubicMetres
            ? scale
            : throw values.Unfit(MeterScale.UnitAttribute, $"gas is counted in '{scale.UnitText}', not in m3");
    }

    /// <summary>The volume of a register: fractions of a litre are cut off.</summary>
    internal static decimal Whole(decimal volume) => Math.Round(volume, Decimals, MidpointRounding.ToZero);
}
