namespace DeviceHarness.Drivers.Security;

/// <summary>Counts authentication attempts so that a device never comes to its lockout limit. Pure: its owner keeps the record.</summary>
/// <remarks>An attempt whose end is not known counts as failed, unless the device took these very credentials last: many a device answers
/// a wrong key by silence, and a mute one is looked at by a person either way.</remarks>
public static class AttemptBudget
{
    /// <summary>The limit of a device whose profile states none.</summary>
    public const int UnknownLimit = 1;

    /// <summary>How many attempts count against the limit before one with these credentials.</summary>
    /// <param name="record">What was kept.</param>
    /// <param name="credentials">The identifier of the credentials.</param>
    public static int Spent(AttemptRecord record, string credentials)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Failures + (record.IsPending && record.Proven != credentials ? 1 : 0);
    }

    /// <summary>Begins an attempt; to be kept durably before its first octet leaves.</summary>
    /// <param name="record">What was kept.</param>
    /// <param name="credentials">The identifier of the credentials.</param>
    /// <param name="limit">The limit of attempts; 1 or more.</param>
    /// <returns>What is to be kept; null when the budget is spent, and then nothing may be sent.</returns>
    public static AttemptRecord? Begin(AttemptRecord record, string credentials, int limit)
    {
        int spent = Spent(record, credentials);
        return spent < limit ? record with { Failures = spent, IsPending = true } : null;
    }

    /// <summary>What is left of a record when the time of a lock is over: then the device counts from nothing.</summary>
    /// <param name="record">What was kept.</param>
    /// <param name="now">The time, UTC.</param>
    public static AttemptRecord Unlock(AttemptRecord record, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.LockedUntil is { } until && now >= until
            ? record with { Failures = 0, IsPending = false, LockedUntil = null }
            : record;
    }

    /// <summary>Ends an attempt.</summary>
    /// <param name="record">What <see cref="Begin"/> gave.</param>
    /// <param name="credentials">The identifier of the credentials.</param>
    /// <param name="end">How it ended.</param>
    /// <returns>What is to be kept.</returns>
    public static AttemptRecord Settle(AttemptRecord record, string credentials, AttemptEnd end)
    {
        ArgumentNullException.ThrowIfNull(record);
        return end switch
        {
            AttemptEnd.Proven => new AttemptRecord(0, IsPending: false, credentials),
            AttemptEnd.Failed => record with { Failures = record.Failures + 1, IsPending = false },
            AttemptEnd.Unclear => record with { Failures = Spent(record, credentials), IsPending = false },
            _ => record with { IsPending = false },
        };
    }
}
