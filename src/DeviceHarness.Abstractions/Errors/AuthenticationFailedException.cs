namespace DeviceHarness.Abstractions.Errors;

/// <summary>Device and harness do not share the credentials: a wrong key, password, mechanism or invocation counter. The link is
/// sound, and what is wrong is the bench's configuration until somebody shows otherwise, so this is never a failure of the
/// device.</summary>
public sealed class AuthenticationFailedException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The stable code of the fault.</param>
    /// <param name="message">What was attempted and how it was refused, never a secret.</param>
    /// <param name="isCounter">Whether the invocation counter, not a key, was refused.</param>
    /// <param name="expectedCounter">The smallest invocation counter that the device takes; null when it does not tell.</param>
    public AuthenticationFailedException(string code, string message, bool isCounter = false, uint? expectedCounter = null)
        : base(code, $"{message}; check keys, password, mechanism and client title of the device in rig and profile", isTransient: false)
    {
        IsCounter = isCounter;
        ExpectedCounter = expectedCounter;
    }

    /// <summary>Whether the invocation counter, not a key, was refused.</summary>
    public bool IsCounter { get; }

    /// <summary>Whether the device refuses whatever it is told for now, as after too many failures.</summary>
    public bool IsLockedOut { get; init; }

    /// <summary>Whether it is not the device of the rig file that answers, whatever its keys are.</summary>
    public bool IsOtherDevice { get; init; }

    /// <summary>The smallest invocation counter that the device takes; null when it does not tell.</summary>
    public uint? ExpectedCounter { get; }
}
