namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>What the adapter's side of the ASH link saw since it was switched on.</summary>
public sealed record AshNcpCounters
{
    /// <summary>Resets that the host sent.</summary>
    public long Resets { get; init; }

    /// <summary>DATA frames that left, repetitions included.</summary>
    public long DataSent { get; init; }

    /// <summary>DATA frames that left again.</summary>
    public long DataRepeated { get; init; }

    /// <summary>DATA frames that came in their order.</summary>
    public long DataTaken { get; init; }

    /// <summary>DATA frames that had come before.</summary>
    public long Duplicates { get; init; }

    /// <summary>Frames that were damaged, of no known kind, or out of their order.</summary>
    public long Rejected { get; init; }

    /// <summary>Times without an acknowledgement in time.</summary>
    public long AckTimeouts { get; init; }

    /// <summary>Frames that found no room to wait in.</summary>
    public long Overflows { get; init; }

    /// <summary>Times at which a planted fault happened to a frame.</summary>
    public long PlantedFaults { get; init; }
}
