using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Packs.Tests.Support;

/// <summary>The keys of a meter that exists only as its answers.</summary>
/// <param name="time">Its clock.</param>
/// <param name="defect">Its defect: <c>unconfirmed-key-rotation</c>; <c>dead-line</c>: no confirmation, and no link either;
/// <c>key-kept</c>: it confirms and changes nothing;
/// <c>former-key-taken</c>: it takes the key that was rotated out; anything else for none.</param>
internal sealed class SimulatedKeys(TimeProvider time, string defect) : IKeyPort
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private DateTimeOffset? _last;
    private KeyProof _held = KeyProof.Former;

    /// <summary>How often the key was rotated.</summary>
    public int Rotations { get; private set; }

    public Task<KeyRotation> RotateAsync(DeviceId device, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        bool isConfirmed = defect is not ("unconfirmed-key-rotation" or "dead-line") || (_last is { } last && now - last >= Pause);
        _last = now;
        Rotations++;
        _held = defect == "key-kept" ? KeyProof.Former : KeyProof.Candidate;
        return Task.FromResult(isConfirmed
            ? new KeyRotation(KeyRotationOutcome.Confirmed, _held, "confirmed")
            : new KeyRotation(KeyRotationOutcome.Unconfirmed, KeyProof.None, "no confirmation") { IsLinkSound = defect != "dead-line" });
    }

    public Task<KeyProbe> ProbeAsync(DeviceId device, KeyProbeSubject subject, CancellationToken cancellationToken) =>
        Task.FromResult(subject == KeyProbeSubject.Former
            ? new KeyProbe(defect == "former-key-taken" ? KeyProof.Former : KeyProof.Refused, "probed with the former key")
            : new KeyProbe(_held, "probed"));
}
