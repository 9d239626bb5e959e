using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Agent.Rig;

/// <summary>A feed of a rig, as its file describes it.</summary>
/// <param name="Feed">The feed; its devices are all that lose their supply with it, those of the feeds behind it too.</param>
/// <param name="Switch">What switches it.</param>
public sealed record RigFeed(PowerFeed Feed, FeedSwitch Switch)
{
    /// <summary>The devices that are wired to this feed itself.</summary>
    public IReadOnlyList<DeviceId> Own { get; init; } = Feed.Devices;

    /// <summary>The feed that it is fed by; null for one at the mains.</summary>
    public string? FedBy { get; init; }

    /// <summary>What its devices draw at most, in amperes; null when the file does not say.</summary>
    public double? LoadAmperes { get; init; }

    /// <summary>How often it may be switched off in a day (UTC); null for no limit.</summary>
    public int? DailyLimit { get; init; }
}
