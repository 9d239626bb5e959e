namespace DeviceHarness.Duis.Bodies.Tariff;

/// <summary>A price of a gas tariff.</summary>
/// <param name="Index">The register or the block, 1 to 4.</param>
/// <param name="Price">The price of a kWh, 0 to 4,294,967,295, in thousandths of a penny as far as it is known.</param>
public sealed record GasPrice(int Index, long Price);

/// <summary>What a gas tariff costs.</summary>
/// <param name="CurrencyUnits">GBP or ECB.</param>
/// <param name="StandingCharge">The charge of a day, 0 to 4,294,967,295, in thousandths of a penny as far as it is known.</param>
/// <param name="Prices">One to four prices.</param>
/// <param name="NumberOfThresholds">How many thresholds part the blocks, 1 to 3; null for prices by time of use.</param>
/// <remarks>Spec: DUIS XML schema 5.1, GasPriceElements.</remarks>
public sealed record GasPrices(string CurrencyUnits, long StandingCharge, ValueList<GasPrice> Prices, int? NumberOfThresholds)
{
    /// <summary>Whether the prices are of blocks; else of registers by time of use.</summary>
    public bool AreOfBlocks => NumberOfThresholds is not null;
}
