namespace DeviceHarness.Assurance.Issues;

/// <summary>A conclusive attempt of a case in which an issue was seen, as far as its failure rate needs it.</summary>
/// <param name="Devices">The devices that it reached.</param>
/// <param name="IsSeen">Whether it showed the issue.</param>
/// <param name="SeenOn">The device of the step that showed it; null when that step reached none, which speaks for all of them.</param>
public sealed record JudgedAttempt(IReadOnlyList<string> Devices, bool IsSeen, string? SeenOn)
{
    /// <summary>Whether it showed the issue on a device.</summary>
    public bool IsSeenOn(string device) => IsSeen && (SeenOn is null || SeenOn == device);
}
