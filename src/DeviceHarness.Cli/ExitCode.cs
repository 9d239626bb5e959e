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
}
