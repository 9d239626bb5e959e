namespace DeviceHarness.Abstractions.Errors;

/// <summary>A port is missing, busy or gone.</summary>
public sealed class TransportException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    public TransportException(string code, string message, string port, Exception? systemError = null)
        : base(code, message, isTransient: true, systemError) => Port = port;

    /// <summary>The port, as the rig file names it.</summary>
    public string Port { get; }
}
