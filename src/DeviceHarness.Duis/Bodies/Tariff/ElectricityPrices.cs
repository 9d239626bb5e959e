namespace DeviceHarness.Duis.Bodies.Tariff;

/// <summary>The price of a register, or of one of its blocks.</summary>
/// <param name="Register">The register, 1 to 48, or with blocks 1 to 8.</param>
/// <param name="Block">The block, 1 to 4; null for a register without.</param>
/// <param name="Price">The price, -32,768 to 32,767, to be multiplied by ten to the power of the scale.</param>
public sealed record TariffPrice(int Register, int? Block, short Price);

/// <summary>What an electricity tariff costs.</summary>
/// <param name="StandingCharge">The charge of a day.</param>
/// <param name="StandingChargeScale">The power of ten of the standing charge.</param>
/// <param name="PriceScale">The power of ten of the prices.</param>
/// <param name="Kind">Which prices there are.</param>
/// <param name="Prices">The prices: those of blocks before those of registers.</param>
/// <remarks>Spec: DUIS XML schema 5.1, ElecPriceElementsPrimary.</remarks>
public sealed record ElectricityPrices(
    short StandingCharge, sbyte StandingChargeScale, sbyte PriceScale, TariffKind Kind, ValueList<TariffPrice> Prices)
{
    /// <summary>How many blocks there are.</summary>
    public const int Blocks = 4;
}

/// <summary>Which prices a tariff has.</summary>
public enum TariffKind
{
    /// <summary>By block.</summary>
    Block,

    /// <summary>By time of use.</summary>
    TimeOfUse,

    /// <summary>Both.</summary>
    Hybrid,
}
