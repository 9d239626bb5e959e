namespace DeviceHarness.Abstractions.Errors;

/// <summary>The device's budget of authentication attempts is spent: one more could lock the device, so nothing was sent.</summary>
public sealed class AttemptsSpentException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The stable code of the fault.</param>
    /// <param name="message">Which device, and what a person does about it.</param>
    /// <param name="failures">How many attempts have failed since the last that succeeded, or may have.</param>
    /// <param name="limit">How many are allowed.</param>
    public AttemptsSpentException(string code, string message, int failures, int limit)
        : base(code, $"{message} ({failures} of {limit} attempts are spent)", isTransient: false)
    {
        Failures = failures;
        Limit = limit;
    }

    /// <summary>Until when the device is locked, UTC; null when it is not, or nobody knows.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>How many attempts have failed since the last that succeeded, or may have.</summary>
    public int Failures { get; }

    /// <summary>How many are allowed.</summary>
    public int Limit { get; }
}
