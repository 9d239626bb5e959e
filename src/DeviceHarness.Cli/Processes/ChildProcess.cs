using System.Diagnostics;
using System.Text.Json;

namespace DeviceHarness.Cli.Processes;

/// <summary>One service of a demo or a <c>--virtual</c> run, as a process of its own.</summary>
/// <remarks>Its standard input stays open for as long as this process lives; its standard error goes to a log file. Disposing asks it to
/// stop, waits, and ends it when it does not.</remarks>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>How long a child may take to stop when asked.</summary>
    public static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly string _name;
    private readonly string _logPath;
    private readonly Task _log;

    private ChildProcess(Process process, string name, string logPath)
    {
        _process = process;
        _name = name;
        _logPath = logPath;
        _log = CopyLogAsync(process.StandardError, logPath);
    }

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts <c>harness</c> with the given arguments.</summary>
    /// <param name="name">The service's name, for messages and its log file.</param>
    /// <param name="runFolder">The folder of the run.</param>
    /// <param name="arguments">The command line behind <c>harness</c>.</param>
    public static ChildProcess Start(string name, string runFolder, IReadOnlyList<string> arguments)
    {
        string assembly = typeof(ChildProcess).Assembly.Location;
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(assembly);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.ArgumentList.Add("--until-input-ends");
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start");
        return new ChildProcess(process, name, Path.Combine(runFolder, $"{name}.log"));
    }

    /// <summary>Reads the JSON lines of the child's standard output until one tells the event.</summary>
    /// <exception cref="CommandException">The child ended first: the message holds the end of its log.</exception>
    public async Task<JsonElement> WaitForEventAsync(string name, CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            if (document.RootElement.GetProperty("event").GetString() == name)
            {
                // What follows is read and thrown away, so that the child never waits for a full pipe.
                _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return document.RootElement.Clone();
            }
        }

        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        throw await ToExceptionAsync("before it was ready").ConfigureAwait(false);
    }

    /// <summary>Waits until the process has ended.</summary>
    public Task WaitForEndAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>What a user is told of the process's end, with the end of its log; what it refused as wrong usage is that.</summary>
    /// <param name="when">When it ended, as the end of a sentence.</param>
    public async Task<CommandException> ToExceptionAsync(string when)
    {
        await _log.ConfigureAwait(false);
        string[] log = await File.ReadAllLinesAsync(_logPath).ConfigureAwait(false);
        return new CommandException(
            _process.ExitCode == ExitCode.Usage ? ExitCode.Usage : ExitCode.Infrastructure,
            $"{_name} ended with exit code {_process.ExitCode} {when}; its log {_logPath} ends:\n{string.Join('\n', log.TakeLast(8))}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using CancellationTokenSource patience = new(StopTime);
        try
        {
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await _log.ConfigureAwait(false);
        _process.Dispose();
    }

    private static async Task CopyLogAsync(StreamReader source, string path)
    {
        using StreamWriter target = new(path) { AutoFlush = true };
        while (await source.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            await target.WriteLineAsync(line).ConfigureAwait(false);
        }
    }
}
