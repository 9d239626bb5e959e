namespace DeviceHarness.Drivers.Security;

/// <summary>How an authentication attempt ended.</summary>
public enum AttemptEnd
{
    /// <summary>The device took the credentials.</summary>
    Proven,

    /// <summary>The device refused the credentials, or proved others.</summary>
    Failed,

    /// <summary>The device answered, but not about the credentials: a refused proposal, a refused invocation counter.</summary>
    Undecided,

    /// <summary>No answer came, or none that can be read: the device may have counted the attempt.</summary>
    Unanswered,
}
