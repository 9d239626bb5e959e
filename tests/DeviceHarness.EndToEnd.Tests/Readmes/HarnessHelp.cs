using System.Collections.Concurrent;
using System.Diagnostics;
using DeviceHarness.Repo.Tests.Rules;
using DeviceHarness.TestKit;

namespace DeviceHarness.EndToEnd.Tests.Readmes;

/// <summary>The help texts of the command line, each asked for once.</summary>
internal static class HarnessHelp
{
    private static readonly ConcurrentDictionary<string, Task<(int ExitCode, string Output)>> Answers = new();

    /// <summary>Says what is wrong with a command line, or nothing.</summary>
    public static async Task<string?> FaultAsync(ReadmeCommand command)
    {
        if (command.Names is not [string first, ..])
        {
            return "names no command";
        }

        if (first == "test")
        {
            return FaultOf(command, await Answers.GetOrAdd(first, _ => AskScriptAsync()), "./harness test");
        }

        string path = $"harness {first}";
        (int ExitCode, string Output) help = await AskAsync(first);
        if (help.Output.Contains($" {first} [command]", StringComparison.Ordinal) && command.Names.Count > 1)
        {
            path = $"{path} {command.Names[1]}";
            help = await AskAsync($"{first} {command.Names[1]}");
        }

        return FaultOf(command, help, path);
    }

    private static string? FaultOf(ReadmeCommand command, (int ExitCode, string Output) help, string path)
    {
        if (help.ExitCode != 0 || !help.Output.Contains($"  {path}", StringComparison.Ordinal))
        {
            return $"'{path}' is no command (exit code {help.ExitCode})";
        }

        string? unknown = command.Options.FirstOrDefault(option => !help.Output.Split(' ', ',', '\n').Contains(option));
        return unknown is null ? null : $"'{path}' has no option {unknown}";
    }

    private static Task<(int ExitCode, string Output)> AskAsync(string words) => Answers.GetOrAdd(words, async _ =>
    {
        CommandRun help = await CommandRun.OfAsync([.. words.Split(' '), "--help"]);
        return (help.ExitCode, help.Output);
    });

    /// <summary>What the script that runs the tests says of itself.</summary>
    private static async Task<(int ExitCode, string Output)> AskScriptAsync()
    {
        ProcessStartInfo start = new("bash", [Path.Combine(RepositoryRoot.Path, "harness"), "test", "--help"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().DefaultTimeout();
        return (process.ExitCode, output);
    }
}
