namespace DeviceHarness.Virtual.ZigBee.Radio;

/// <summary>How the simulated radio behaves for every node.</summary>
/// <remarks>Source: this harness's ZigBee guide 12; the air times are the harness's own: an IEEE 802.15.4 frame of 250 kbit/s with its
/// acknowledgement takes 2 to 6 ms.</remarks>
public sealed record RadioOptions
{
    /// <summary>How long a transmission takes, by hop.</summary>
    public TimeSpan AirTime { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>After how long an unacknowledged message is sent again by the APS layer.</summary>
    public TimeSpan ApsAckTimeout { get; init; } = TimeSpan.FromSeconds(1.6);

    /// <summary>How often the APS layer sends again.</summary>
    public int ApsRetries { get; init; } = 3;

    /// <summary>How long a message waits at a parent for its sleeping child.</summary>
    public TimeSpan IndirectTimeout { get; init; } = TimeSpan.FromSeconds(7.68);

    /// <summary>How late acknowledgements are: with more than a device takes to answer, its answer comes first, as happens.</summary>
    public TimeSpan AckDelay { get; init; }

    /// <summary>The part of all transmissions that is lost beside that of a node's place, 0 to 1.</summary>
    public double Loss { get; init; }
}
