using System.Diagnostics;
using DeviceHarness.TestKit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>Runs a program to its end.</summary>
internal static class ToolRun
{
    private static readonly TimeSpan InstallBound = TimeSpan.FromMinutes(5);

    public static async Task<(int Code, string Output)> ReadAsync(string folder, string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(InstallBound, TimeProvider.System);
        return (process.ExitCode, await output.DefaultTimeout() + await errors.DefaultTimeout());
    }
}
