namespace DeviceHarness.Abstractions.Execution;

/// <summary>A device told something unasked.</summary>
/// <param name="Device">The device, by its name in the rig file.</param>
/// <param name="Code">The alert code, four hexadecimal digits; empty when what came holds none.</param>
/// <param name="Meaning">What the code means, or what came in its place.</param>
public sealed record AlertReceived(string Device, string Code, string Meaning) : AttemptEvent
{
    /// <summary>When it happened by the device's clock, UTC; null when the device did not say.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>Whether the device had told the very same before.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>Whether it came before the attempt began, while no case ran on its device.</summary>
    public bool IsEarlier { get; init; }
}
