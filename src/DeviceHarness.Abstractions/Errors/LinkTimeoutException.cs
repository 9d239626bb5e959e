namespace DeviceHarness.Abstractions.Errors;

/// <summary>Nothing came in the time allowed.</summary>
public sealed class LinkTimeoutException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The stable code of the fault.</param>
    /// <param name="message">What was being done, to which device.</param>
    /// <param name="waitedFor">The frame or message that did not come.</param>
    /// <param name="waited">How long all attempts waited together.</param>
    /// <param name="attempts">How often it was tried.</param>
    public LinkTimeoutException(string code, string message, string waitedFor, TimeSpan waited, int attempts)
        : base(code, $"{message}: no {waitedFor} in {waited.TotalMilliseconds:F0} ms, {attempts} attempts", isTransient: true)
    {
        WaitedFor = waitedFor;
        Waited = waited;
        Attempts = attempts;
    }

    /// <summary>The frame or message that did not come.</summary>
    public string WaitedFor { get; }

    /// <summary>How long all attempts waited together.</summary>
    public TimeSpan Waited { get; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; }
}
