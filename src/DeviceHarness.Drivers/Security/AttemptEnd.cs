namespace DeviceHarness.Drivers.Security;

/// <summary>How an authentication attempt ended.</summary>
public enum AttemptEnd
{
    /// <summary>The device took the credentials.</summary>
    Proven,

    /// <summary>The device refused the credentials, or proved others.</summary>
    Failed,

    /// <summary>The device answered, and not about the credentials: a refused proposal, a refused invocation counter.</summary>
    Undecided,

    /// <summary>No answer came, or none that says why: the device may have counted the attempt.</summary>
    Unclear,
}
