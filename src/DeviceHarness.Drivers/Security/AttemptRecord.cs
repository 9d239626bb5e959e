namespace DeviceHarness.Drivers.Security;

/// <summary>What is kept of the authentication attempts on one device, over restarts.</summary>
/// <param name="Failures">How many have failed, or may have, since the last that succeeded; 0 or more.</param>
/// <param name="IsPending">Whether one was begun whose end is not known.</param>
/// <param name="Proven">The identifier of the credentials that the device took last; empty when it took none yet.</param>
public sealed record AttemptRecord(int Failures, bool IsPending, string Proven)
{
    /// <summary>Until when the device is locked, UTC; null when it is not, or nobody knows for how long.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Nothing was attempted yet.</summary>
    public static AttemptRecord None { get; } = new(0, IsPending: false, string.Empty);
}
