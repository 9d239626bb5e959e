using System.Diagnostics;
using DeviceHarness.TestKit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>One peer: a script on Node with lines in and lines out. It ends with its standard input.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private NodeProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static async Task<NodeProcess> StartAsync(string script)
    {
        string folder = await NodeInstallation.FolderAsync();
        return new NodeProcess(Process.Start(new ProcessStartInfo("node", [script])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
    }

    /// <summary>The next line.</summary>
    /// <exception cref="InvalidOperationException">The script has ended; its errors are in the message.</exception>
    public async Task<string> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync()
        ?? throw new InvalidOperationException($"the peer has ended: {await _errors}");

    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Ends the process without a farewell.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().DefaultTimeout();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
