namespace DeviceHarness.Virtual.Quality;

/// <summary>The voltage thresholds that a virtual meter starts with.</summary>
public sealed record QualityOptions
{
    /// <summary>The period over which the voltage is averaged, in seconds (a divisor of a day, 60 to 86,400).</summary>
    public int AveragePeriodSeconds { get; init; } = 1800;

    /// <summary>The average above which is too much, in tenths of a volt.</summary>
    public int AverageOverDecivolts { get; init; } = 2530;

    /// <summary>The average below which is too little, in tenths of a volt.</summary>
    public int AverageUnderDecivolts { get; init; } = 2162;

    /// <summary>The voltage above which is far too much, in tenths of a volt.</summary>
    public int ExtremeOverDecivolts { get; init; } = 2650;

    /// <summary>The voltage below which is far too little, in tenths of a volt.</summary>
    public int ExtremeUnderDecivolts { get; init; } = 2000;

    /// <summary>The voltage below which is a sag, in tenths of a volt.</summary>
    public int SagDecivolts { get; init; } = 2070;

    /// <summary>The voltage above which is a swell, in tenths of a volt.</summary>
    public int SwellDecivolts { get; init; } = 2550;

    /// <summary>How long the four last may be passed, in seconds.</summary>
    public int DurationSeconds { get; init; } = 60;
}
