using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Abstractions.Execution;

/// <summary>Something that a device of a bench told unasked.</summary>
/// <param name="Device">The device, by its name in the rig file.</param>
/// <param name="Code">The alert code, four upper-case hexadecimal digits; empty when what came holds none.</param>
/// <param name="Meaning">What the code means, or what came in its place; never empty.</param>
/// <param name="ReceivedAt">When the bench had it, UTC.</param>
public sealed record BenchAlert(DeviceId Device, string Code, string Meaning, DateTimeOffset ReceivedAt)
{
    /// <summary>When it happened by the device's clock, UTC; null when the device did not say.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>What the device's clock said of itself then, such as <c>invalid</c>; empty when its time can be trusted.</summary>
    public string ClockStatus { get; init; } = string.Empty;

    /// <summary>Whether the device had told the very same before: the same code with the same time.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>Whether the code is of the alert code table.</summary>
    public bool IsKnown { get; init; }

    /// <summary>Whether the service dropped it, since the device repeats it too often: a later message stands for it.</summary>
    public bool IsThrottled { get; init; }

    /// <summary>The message for the User, without signatures; empty when there is no code, nobody to be told, or when it was
    /// throttled.</summary>
    public string Xml { get; init; } = string.Empty;

    /// <summary>The APDU as it came, hexadecimal.</summary>
    public string Octets { get; init; } = string.Empty;
}
