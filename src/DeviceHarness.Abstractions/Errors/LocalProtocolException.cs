namespace DeviceHarness.Abstractions.Errors;

/// <summary>We asked for something that is illegal in the present state of the link or device.</summary>
public sealed class LocalProtocolException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    public LocalProtocolException(string code, string message, string state, string attempted)
        : base(code, $"{message} (state {state}, attempted {attempted})", isTransient: false)
    {
        State = state;
        Attempted = attempted;
    }

    /// <summary>The state that forbids the act.</summary>
    public string State { get; }

    /// <summary>The message or act that was attempted.</summary>
    public string Attempted { get; }
}
