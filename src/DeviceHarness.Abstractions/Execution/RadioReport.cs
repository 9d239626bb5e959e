namespace DeviceHarness.Abstractions.Execution;

/// <summary>What a ZigBee adapter of the bench tells of its radio. No key and no address by which anybody could join is in it.</summary>
/// <param name="Adapter">The adapter, by its name in the rig file.</param>
/// <param name="Channel">The channel of its network, 11 to 26.</param>
/// <param name="PanId">The network's PAN id, four hexadecimal digits.</param>
public sealed record RadioReport(string Adapter, int Channel, string PanId)
{
    /// <summary>When the channels were measured last, in UTC; null when that is not known.</summary>
    public DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>The most energy that was heard on each channel that was measured, in dBm by its number; empty when that is not
    /// known.</summary>
    public IReadOnlyDictionary<int, int> EnergyDbm { get; init; } = new Dictionary<int, int>();

    /// <summary>How the devices of the bench were heard last, those that were not left out.</summary>
    public IReadOnlyList<RadioSignal> Signals { get; init; } = [];
}
