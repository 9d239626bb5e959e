using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Agent.Bench;

/// <summary>What is known of one device's keys. Identifiers stand for keys; no key is in it.</summary>
/// <param name="Device">The device.</param>
/// <param name="HasKeys">Whether its association uses global keys at all.</param>
/// <param name="HasMasterKey">Whether a master key is named, so that they can be rotated.</param>
public sealed record KeyListing(DeviceId Device, bool HasKeys, bool HasMasterKey)
{
    /// <summary>How far a rotation came after which the device has not proved yet which key it holds: prepared, confirmed or refused;
    /// empty when none is open.</summary>
    public string Open { get; init; } = string.Empty;

    /// <summary>Which keys of the last rotation it holds; none before the first.</summary>
    public KeyProof Held { get; init; }

    /// <summary>The identifier of the keys that it proved to hold last; empty before the first rotation.</summary>
    public string Active { get; init; } = string.Empty;

    /// <summary>The identifier of those that it may hold instead; empty unless a rotation is open.</summary>
    public string Candidate { get; init; } = string.Empty;

    /// <summary>When the last rotation began, UTC; null before the first.</summary>
    public DateTimeOffset? PreparedAt { get; init; }

    /// <summary>When the device proved which keys it holds after it, UTC; null while that is open.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>By when it has to be rotated after its migration, UTC; null when it was, or when the rig file does not state its migration
    /// as <c>migrated-at</c>.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether that time is over.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>How many attempts to authenticate have failed, or may have, since the last that succeeded.</summary>
    public int Failures { get; init; }

    /// <summary>How many are allowed; null for a virtual device whose profile states none.</summary>
    public int? AttemptLimit { get; init; }

    /// <summary>Until when the device is locked, UTC; null when it is not, or nobody knows.</summary>
    public DateTimeOffset? LockedUntil { get; init; }
}
