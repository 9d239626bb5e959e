namespace DeviceHarness.Cli.Processes;

/// <summary>How a service process ends.</summary>
internal static class ProcessEnd
{
    /// <summary>The exit code of a service that ran until it was told to stop.</summary>
    public static int Of(CancellationToken interrupted) => interrupted.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Passed;
}
