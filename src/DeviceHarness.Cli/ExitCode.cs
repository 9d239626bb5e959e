namespace DeviceHarness.Cli;

/// <summary>The exit codes of every command.</summary>
internal static class ExitCode
{
    /// <summary>All passed.</summary>
    public const int Passed = 0;

    /// <summary>Test failures; for decode: malformed octets.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a file that the user wrote is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The bench or the infrastructure failed.</summary>
    public const int Infrastructure = 3;

    /// <summary>Interrupted by the user.</summary>
    public const int Interrupted = 130;

    /// <summary>The exit code of a Service Request that was sent to no device: what it asks for is wrong, or not what this rig and this
    /// version can do; otherwise the bench failed.</summary>
    /// <param name="code">The fault's code.</param>
    public static int OfRequest(string code) =>
        code.StartsWith("DUIS", StringComparison.Ordinal) || code.StartsWith("SRV-", StringComparison.Ordinal) ? Usage : Infrastructure;
}
