using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>Where an attempt is in its life.</summary>
public enum AttemptState
{
    /// <summary>Leased; no event came yet.</summary>
    Leased,

    /// <summary>Its start was reported.</summary>
    Running,

    /// <summary>Its end was reported, or the orchestrator ended it.</summary>
    Finished,

    /// <summary>Its lease ended without a result; it may still finish while no newer attempt has started.</summary>
    Expired,
}

/// <summary>One attempt at a case.</summary>
public sealed record Attempt
{
    /// <summary>Its identity.</summary>
    public required AttemptKey Key { get; init; }

    /// <summary>The rig that it was leased to; empty when nobody said.</summary>
    public string Rig { get; init; } = string.Empty;

    /// <summary>Where it is in its life.</summary>
    public AttemptState State { get; init; }

    /// <summary>Whether it ended with its rig: the lease ended by rule, or a person released the rig. It says nothing about a device.
    /// </summary>
    public bool IsRigFault => State == AttemptState.Expired;

    /// <summary>Whether a newer attempt started before this one ended; such an attempt is kept and never counted.</summary>
    public bool IsSuperseded { get; init; }

    /// <summary>How it ended; <see cref="Verdict.NotRun"/> until then.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>Why, when it did not pass; otherwise empty.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>When its start was reported to have happened, in UTC; null before.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>How long it took on the rig's monotonic clock; zero until its end was reported.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The octets that it sent to ports.</summary>
    public long OctetsToDevice { get; init; }

    /// <summary>The octets that it received from ports.</summary>
    public long OctetsFromDevice { get; init; }

    /// <summary>How its evidence came to be; null until its start was reported.</summary>
    public Provenance? Provenance { get; init; }

    /// <summary>Its finished steps, in order.</summary>
    public IReadOnlyList<Step> Steps { get; init; } = [];

    /// <summary>Its evidence, in the order in which it was recorded.</summary>
    public IReadOnlyList<EvidenceReference> Evidence { get; init; } = [];

    /// <summary>Whether it has ended: finished, or expired.</summary>
    public bool HasEnded => State is AttemptState.Finished or AttemptState.Expired;
}

/// <summary>A finished step of an attempt.</summary>
/// <param name="Index">Its place in the case, from 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Reason">Why, when it did not pass; otherwise empty.</param>
/// <param name="ServiceReferenceVariant">The SRV that it sent; empty when it sent none.</param>
/// <param name="Device">The device that the request was for, by its name in the rig file; empty when unknown.</param>
/// <param name="AcknowledgementCode">The synchronous response code; empty when none.</param>
/// <param name="ResponseCode">The asynchronous response code; empty when none.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Latency">Where the time of its service request went; null when it sent none or the run was scaled.</param>
public sealed record Step(
    int Index, string Name, Verdict Verdict, string Reason, string ServiceReferenceVariant, string Device, string AcknowledgementCode,
    string ResponseCode, TimeSpan Elapsed, LatencySplit? Latency);

/// <summary>A piece of evidence, found by the hash of its content.</summary>
/// <param name="Name">What it is, such as <c>evidence.json</c>.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Sha256">SHA-256 of its content, lower-case hexadecimal.</param>
/// <param name="Octets">Its length in octets.</param>
public sealed record EvidenceReference(string Name, string MediaType, string Sha256, long Octets);
