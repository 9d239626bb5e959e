namespace DeviceHarness.Virtual.Tariff;

/// <summary>A switching time of a tariff.</summary>
/// <param name="Start">The time of day, UTC.</param>
/// <param name="Rate">The rate that holds from then on, 1 to 48.</param>
public sealed record TariffSwitch(TimeSpan Start, int Rate);

/// <summary>The price of a rate.</summary>
/// <param name="Rate">The rate, 1 to 48.</param>
/// <param name="Block">The block, 1 to 4; 0 for a price that holds in every block.</param>
/// <param name="MillipencePerKilowattHour">The price, in thousandths of a penny a kWh (0 to 32,767,000).</param>
public sealed record TariffPrice(int Rate, int Block, int MillipencePerKilowattHour);

/// <summary>The tariff that a virtual meter starts with.</summary>
public sealed record TariffOptions
{
    /// <summary>The name of the active calendar, 1 to 20 characters.</summary>
    public string Name { get; init; } = "FLAT";

    /// <summary>The switching times of every day; the first rate holds before the first of them.</summary>
    public IReadOnlyList<TariffSwitch> Day { get; init; } = [new(TimeSpan.Zero, 1)];

    /// <summary>The prices; a rate without one costs nothing.</summary>
    public IReadOnlyList<TariffPrice> Prices { get; init; } = [];

    /// <summary>The standing charge of a day, in thousandths of a penny.</summary>
    public int StandingMillipence { get; init; }

    /// <summary>Where the blocks of rate 1 end, in Wh, ascending, up to three; empty for one block.</summary>
    public IReadOnlyList<uint> BlockThresholdsWh { get; init; } = [];

    /// <summary>The most that a switching time is late, in seconds (0 to 1,799): each meter draws its own share of it.</summary>
    public int RandomisedOffsetSeconds { get; init; }
}
