namespace DeviceHarness.Drivers.SmartEnergy;

/// <summary>Where a model of gas meter keeps one log, and in which form it tells it.</summary>
public sealed record GasLogSource
{
    /// <summary>The most samples that are asked for at once.</summary>
    public const int MaximumSamplesAtOnce = 1000;

    /// <summary>The most intervals of a profile that are asked for at once.</summary>
    public const int MaximumIntervalsAtOnce = 255;

    /// <summary>The longest log.</summary>
    public const int MaximumCapacity = 100_000;

    /// <summary>By which commands it is read.</summary>
    public required GasLogMeans By { get; init; }

    /// <summary>The number of the samples; of <see cref="GasLogMeans.SampledData"/> alone.</summary>
    public ushort SampleId { get; init; }

    /// <summary>Which snapshots are meant, a bit each as Metering has causes; of <see cref="GasLogMeans.Snapshots"/> alone.</summary>
    public uint Causes { get; init; }

    /// <summary>How long an interval is; zero for snapshots. One of more than 65,535 s has no place in an answer of sampled data, so that
    /// what stands there is not looked at.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>How many entries the log holds, 1 to <see cref="MaximumCapacity"/>: a meter that tells more breaks the protocol.</summary>
    public required int Capacity { get; init; }

    /// <summary>How many intervals or samples are asked for at once, 1 to <see cref="MaximumIntervalsAtOnce"/> or
    /// <see cref="MaximumSamplesAtOnce"/>.</summary>
    public int AtOnce { get; init; } = 97;

    /// <summary>Whether the time of the first sample is the end of its interval; else it is the beginning.</summary>
    public bool IsTimedByEnd { get; init; }
}
