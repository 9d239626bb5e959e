namespace DeviceHarness.Cli;

/// <summary>A command cannot go on, for a reason that its user can act on.</summary>
internal sealed class CommandException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="exitCode">The exit code that the process ends with.</param>
    /// <param name="message">What happened and what to do next.</param>
    public CommandException(int exitCode, string message)
        : base(message) => ExitCode = exitCode;

    /// <summary>The exit code that the process ends with.</summary>
    public int ExitCode { get; }
}
