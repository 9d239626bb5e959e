using DeviceHarness.Codecs.Cosem;

namespace DeviceHarness.Virtual.Tariff;

/// <summary>Prices by an index of one octet (rate) or two (block, rate).</summary>
/// <remarks>Spec: IEC 62056-6-2, class 113 unit_charge, as the domain guide names it; the index and the scales that the meter takes are the
/// harness's choice: commodity scale 3 (a kWh) or 0 (a piece, for periods), price scale -5 to -2 of the pound.</remarks>
/// <param name="CommodityScale">3 for a price a kWh, 0 for a price a period.</param>
/// <param name="PriceScale">The power of ten of a pound, -5 to -2.</param>
/// <param name="ClassId">The class of what is counted.</param>
/// <param name="Commodity">What is counted.</param>
/// <param name="Attribute">Its attribute.</param>
/// <param name="Prices">Raw price by index in hexadecimal.</param>
internal sealed record UnitCharge(
    sbyte CommodityScale, sbyte PriceScale, ushort ClassId, ObisCode Commodity, sbyte Attribute, IReadOnlyDictionary<string, short> Prices)
{
    /// <summary>The most prices of a table: 48 rates and 4 blocks of 8.</summary>
    public const int MaximumPrices = 80;

    /// <summary>A thousandth of a penny is the fifth decimal place of a pound.</summary>
    public const int MillipenceScale = -5;

    /// <summary>The index of a rate.</summary>
    public static string IndexOf(int rate) => Convert.ToHexString([(byte)rate]);

    /// <summary>The index of a rate in a block.</summary>
    public static string IndexOf(int block, int rate) => Convert.ToHexString([(byte)block, (byte)rate]);

    /// <summary>The price of a rate in a block, in thousandths of a penny; 0 without one.</summary>
    public long MillipenceOf(int rate, int block) =>
        Prices.TryGetValue(IndexOf(block, rate), out short price) || Prices.TryGetValue(IndexOf(rate), out price) ? Millipence(price) : 0;

    /// <summary>The price of the one entry of a table that has no rates, in thousandths of a penny; 0 without one.</summary>
    public long MillipenceOfPeriod() => Prices.Count == 0 ? 0 : Millipence(Prices.Values.First());

    private long Millipence(short price)
    {
        long value = price;
        for (int scale = MillipenceScale; scale < PriceScale; scale++)
        {
            value *= 10;
        }

        return value;
    }
}
