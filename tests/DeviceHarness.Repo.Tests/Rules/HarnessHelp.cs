using System.Collections.Concurrent;
using System.Diagnostics;
using DeviceHarness.TestKit;

namespace DeviceHarness.Repo.Tests.Rules;

/// <summary>The help texts of the built command line.</summary>
internal static class HarnessHelp
{
    private static readonly ConcurrentDictionary<string, (int ExitCode, string Output)> Answers = new();

    /// <summary>The built command line, of the configuration that is tested.</summary>
    internal static readonly string Assembly = Path.Combine(
        RepositoryRoot.Path, "src", "DeviceHarness.Cli", "bin",
        AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "harness.dll");

    /// <summary>Says what is wrong with a command line, or nothing.</summary>
    public static string? Fault(ReadmeCommand command)
    {
        if (command.Names is not [string first, ..])
        {
            return "names no command";
        }

        if (first == "test")
        {
            return FaultOf(command, Ask("bash", [Path.Combine(RepositoryRoot.Path, "harness"), "test", "--help"]), "./harness test");
        }

        string path = $"harness {first}";
        (int ExitCode, string Output) help = Ask("dotnet", [Assembly, first, "--help"]);
        if (help.Output.Contains($"{path} [command]", StringComparison.Ordinal) && command.Names.Count > 1)
        {
            path = $"{path} {command.Names[1]}";
            help = Ask("dotnet", [Assembly, first, command.Names[1], "--help"]);
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

    private static (int ExitCode, string Output) Ask(string program, string[] arguments) =>
        Answers.GetOrAdd(string.Join(' ', arguments), _ => Run(program, arguments));

    private static (int ExitCode, string Output) Run(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
