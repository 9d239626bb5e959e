using System.Diagnostics;
using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Drivers.Keys;

/// <summary>Where the rotation of a device's keys stands.</summary>
public enum RotationState
{
    /// <summary>The device has proved that it holds the active keys, or nothing was rotated yet.</summary>
    Settled,

    /// <summary>The candidate is kept, and octets of the rotation may have left.</summary>
    Prepared,

    /// <summary>The device confirmed the rotation, and has not proved yet that it holds the candidate.</summary>
    Confirmed,

    /// <summary>The device refused the rotation, and has not proved yet that it holds the active keys.</summary>
    Refused,
}

/// <summary>What is known of a device's keys: those that it holds, or may hold. Pure: each step of a rotation gives the next
/// record.</summary>
/// <remarks>
/// A set that the device may hold leaves the record by no step. The set that it proved not to hold is retired, and only the next
/// rotation takes its place.
/// <code>
/// Settled -- Prepare --> Prepared -- Answer --> Confirmed | Refused
/// Prepared, Confirmed, Refused -- Prove --> Settled
/// </code>
/// </remarks>
public sealed record KeyRecord
{
    private KeyRecord(string origin, KeySet active)
    {
        Origin = origin;
        Active = active;
    }

    /// <summary>The identifier of the keys that the record began from: those of the rig file or profile.</summary>
    public string Origin { get; }

    /// <summary>The keys that the device proved to hold last.</summary>
    public KeySet Active { get; private init; }

    /// <summary>The keys that it may hold instead; null unless a rotation is open.</summary>
    public KeySet? Candidate { get; private init; }

    /// <summary>The other keys of the last rotation that was settled; null before the first.</summary>
    public KeySet? Retired { get; private init; }

    /// <summary>Where the rotation stands.</summary>
    public RotationState State { get; private init; }

    /// <summary>Which keys of the last rotation are active; former before the first.</summary>
    public KeyProof Held { get; private init; } = KeyProof.Former;

    /// <summary>When the last rotation was begun, UTC; null before the first.</summary>
    public DateTimeOffset? PreparedAt { get; private init; }

    /// <summary>When the device proved which keys it holds after it, UTC; null while that is open.</summary>
    public DateTimeOffset? ProvenAt { get; private init; }

    /// <summary>The sets that the device may hold, the most probable first.</summary>
    /// <remarks>Without an answer the candidate comes first: the time in which a rotation is on its way and executed is longer than that
    /// between its record and its first octet, and Testing Issue 110031 is a device that rotates and is silent.</remarks>
    public IReadOnlyList<KeySet> Possible => (State, Candidate) switch
    {
        (RotationState.Settled, _) or (_, null) => [Active],
        (RotationState.Refused, { } candidate) => [Active, candidate],
        (_, { } candidate) => [candidate, Active],
    };

    /// <summary>The record of a device whose keys were never rotated.</summary>
    /// <param name="keys">Its keys.</param>
    public static KeyRecord Begin(KeySet keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return new KeyRecord(keys.Identifier, keys);
    }

    /// <summary>Begins a rotation; to be kept durably before its first octet leaves.</summary>
    /// <param name="candidate">The new keys.</param>
    /// <param name="now">The time, UTC.</param>
    /// <exception cref="InvalidOperationException">A rotation is open, or the candidate is no new set.</exception>
    public KeyRecord Prepare(KeySet candidate, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return State == RotationState.Settled && !candidate.Equals(Active)
            ? this with { Candidate = candidate, State = RotationState.Prepared, PreparedAt = now, ProvenAt = null }
            : throw new InvalidOperationException("a rotation begins from keys that the device proved to hold, with others");
    }

    /// <summary>Notes what the device said to the rotation: it proves nothing, and says where to look first.</summary>
    /// <param name="outcome">What it said; nothing changes without a confirmation.</param>
    public KeyRecord Answer(KeyRotationOutcome outcome) => (State, outcome) switch
    {
        (RotationState.Prepared, KeyRotationOutcome.Confirmed) => this with { State = RotationState.Confirmed },
        (RotationState.Prepared, KeyRotationOutcome.Refused) => this with { State = RotationState.Refused },
        _ => this,
    };

    /// <summary>The device proved which set it holds: the other is retired.</summary>
    /// <param name="keys">The set; one of <see cref="Possible"/>.</param>
    /// <param name="now">The time, UTC.</param>
    public KeyRecord Prove(KeySet keys, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return Candidate is not { } candidate ? this
            : keys.Equals(candidate) ? Settle(candidate, Active, KeyProof.Candidate, now)
            : keys.Equals(Active) ? Settle(Active, candidate, KeyProof.Former, now)
            : throw new UnreachableException("the device proved a set that the record does not hold");
    }

    /// <summary>Whether every set that the device may hold by another record is in this one.</summary>
    /// <param name="earlier">The record before.</param>
    public bool Keeps(KeyRecord earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return earlier.Possible.All(keys => keys.Equals(Active) || keys.Equals(Candidate) || keys.Equals(Retired));
    }

    /// <summary>The state and the identifiers, never a key.</summary>
    public override string ToString() =>
        $"{State}, active {Active}, candidate {Candidate?.ToString() ?? "none"}, retired {Retired?.ToString() ?? "none"}";

    /// <summary>Puts together what was kept.</summary>
    internal static KeyRecord Restore(
        (string Origin, RotationState State, KeyProof Held) head, (KeySet Active, KeySet? Candidate, KeySet? Retired) keys,
        (DateTimeOffset? Prepared, DateTimeOffset? Proven) times) => new(head.Origin, keys.Active)
        {
            State = head.State,
            Held = head.Held,
            Candidate = keys.Candidate,
            Retired = keys.Retired,
            PreparedAt = times.Prepared,
            ProvenAt = times.Proven,
        };

    private KeyRecord Settle(KeySet active, KeySet retired, KeyProof held, DateTimeOffset now) => this with
    {
        Active = active,
        Candidate = null,
        Retired = retired,
        State = RotationState.Settled,
        Held = held,
        ProvenAt = now,
    };
}
