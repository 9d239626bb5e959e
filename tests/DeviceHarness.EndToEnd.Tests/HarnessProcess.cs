using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using DeviceHarness.TestKit;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary>One <c>harness</c> process as a user starts it.</summary>
internal sealed class HarnessProcess : IAsyncDisposable
{
    /// <summary>How long a process may take for anything: far above what a starved machine needs, so that only a hang reaches it.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(10);

    /// <summary>What a developer's own environment may say, and no test is to hear.</summary>
    private static readonly string[] Variables =
    [
        "HARNESS_DATA", "HARNESS_SERVER", "HARNESS_CLIENT_CERT", "HARNESS_CLIENT_KEY", "HARNESS_SERVER_CA", "HARNESS_KEYSTORE_KEY_FILE",
    ];

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Lock _gate = new();
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Seen)> _waiting = [];
    private readonly Task _reading;

    private HarnessProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, _output), ReadAsync(process.StandardError, _error));
    }

    public int Id => _process.Id;

    public string Output => Text(_output);

    public string Error => Text(_error);

    private static string Assembly { get; } = System.IO.Path.Combine(
        RepositoryRoot.Path, "src", "DeviceHarness.Cli", "bin",
        AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "harness.dll");

    public static HarnessProcess Start(string workingFolder, params string[] arguments) => StartWith([], workingFolder, arguments);

    /// <summary>Starts one with environment variables besides those of this process.</summary>
    public static HarnessProcess StartWith(Dictionary<string, string> environment, string workingFolder, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet")
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Forget((variable, _) => start.Environment.Remove(variable));

        foreach ((string variable, string value) in environment)
        {
            start.Environment[variable] = value;
        }

        start.ArgumentList.Add(Assembly);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new HarnessProcess(Process.Start(start)!);
    }

    /// <summary>Takes away what a developer's own environment may say.</summary>
    public static void Forget(Action<string, string?> set)
    {
        foreach (string variable in Variables)
        {
            set(variable, null);
        }
    }

    public static async Task<HarnessProcess> RunAsync(string workingFolder, params string[] arguments)
    {
        HarnessProcess process = Start(workingFolder, arguments);
        await process.WaitForExitAsync();
        return process;
    }

    public async Task<int> WaitForExitAsync()
    {
        using CancellationTokenSource bound = new(Bound);
        try
        {
            await _process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"harness did not end in {Bound}\n{Output}\n{Error}");
        }

        await _reading.DefaultTimeout();
        return _process.ExitCode;
    }

    public int ExitCode => _process.ExitCode;

    public bool HasExited => _process.HasExited;

    /// <summary>Waits for a line of standard output or standard error.</summary>
    public Task<string> WaitForLineAsync(string part) => WaitForLineAsync(line => line.Contains(part, StringComparison.Ordinal), part);

    public void Interrupt() => Signal(2);

    public void Signal(int number)
    {
        if (Kill(_process.Id, number) != 0)
        {
            throw new InvalidOperationException($"kill({_process.Id}, {number}) failed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Interrupt();
            await WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task<string> WaitForLineAsync(Func<string, bool> wanted, string what)
    {
        TaskCompletionSource<string> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            string? already = $"{_output}\n{_error}".Split('\n').FirstOrDefault(wanted);
            if (already is not null)
            {
                return already;
            }

            _waiting.Add((wanted, seen));
        }

        Task ended = _reading;
        Task first = await Task.WhenAny(seen.Task, ended).WaitAsync(Bound, TimeProvider.System);
        return first == seen.Task || seen.Task.IsCompleted
            ? await seen.Task
            : throw new InvalidOperationException($"harness ended without '{what}'\n{Output}\n{Error}");
    }

    private async Task ReadAsync(StreamReader source, StringBuilder target)
    {
        while (await source.ReadLineAsync() is { } line)
        {
            lock (_gate)
            {
                target.AppendLine(line);
                foreach ((Func<string, bool> wanted, TaskCompletionSource<string> seen) in _waiting)
                {
                    if (wanted(line))
                    {
                        seen.TrySetResult(line);
                    }
                }
            }
        }
    }

    private string Text(StringBuilder text)
    {
        lock (_gate)
        {
            return text.ToString();
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);
}
