using System.Diagnostics;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Repo.Tests;

/// <summary>What the build leaves: compiled ahead of time where the compiler can be had, and as it was built where it cannot.</summary>
[SupportedOSPlatform("linux")]
public sealed class CompileAheadTests : IDisposable
{
    private const string FetchedVersion = "10.0.12";

    // The built command line, of the configuration that is tested.
    private static readonly string CommandLine = Path.Combine(
        RepositoryRoot.Path, "src", "DeviceHarness.Cli", "bin",
        AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0");

    private readonly string _root = Directory.CreateTempSubdirectory("harness-ahead-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Every_assembly_of_the_product_is_compiled_ahead_in_a_release_build()
    {
        string[] built = Directory.GetFiles(CommandLine, "*.dll");

        string[] late = [.. built.Where(file => !IsCompiledAhead(file)).Select(Path.GetFileName).OfType<string>()];

        built.Should().HaveCountGreaterThan(20);
        late.Length.Should().Be(
            IsReleaseWithCompiler() ? 0 : built.Length,
            "of {0} these are compiled at each start: {1}", built.Length, string.Join(' ', late));
    }

    [Fact]
    public async Task Without_the_package_of_the_compiler_the_build_stays_and_says_so()
    {
        string output = Directory.CreateDirectory(Path.Combine(_root, "output")).FullName;
        string assembly = Path.Combine(output, "DeviceHarness.Codecs.dll");
        File.Copy(typeof(CompileAheadTests).Assembly.Location, assembly);
        byte[] before = await File.ReadAllBytesAsync(assembly);

        (int exitCode, string said) = await CompileAsync(output, fetching: "exit 1");

        exitCode.Should().Be(0);
        said.Should().Contain("compiled at each start instead");
        (await File.ReadAllBytesAsync(assembly)).Should().Equal(before);
    }

    [Fact]
    public async Task An_assembly_that_the_compiler_refuses_stays_as_it_was_built_and_is_named()
    {
        string output = Directory.CreateDirectory(Path.Combine(_root, "output")).FullName;
        string assembly = Path.Combine(output, "refused.dll");
        await File.WriteAllTextAsync(assembly, "as built");
        PutCompiler("echo 'not an assembly'; exit 1");

        (int exitCode, string said) = await CompileAsync(output, fetching: "exit 1");

        exitCode.Should().Be(0);
        said.Should().Contain("refused.dll stays as it is: not an assembly");
        (await File.ReadAllTextAsync(assembly)).Should().Be("as built");
    }

    [Fact]
    public async Task Only_an_assembly_whose_content_changed_is_compiled_again()
    {
        string output = Directory.CreateDirectory(Path.Combine(_root, "output")).FullName;
        string assembly = Path.Combine(output, "changed.dll");
        string count = Path.Combine(_root, "count");
        PutCompiler($"""echo once >>"{count}"; sed 's/^/ahead: /' "$1" >"$3" """);
        var texts = new List<string>();

        foreach (string built in new[] { "one", "one", "two" })
        {
            await File.WriteAllTextAsync(assembly, built);
            await CompileAsync(output, fetching: "exit 1");
            await CompileAsync(output, fetching: "exit 1");
            texts.Add(await File.ReadAllTextAsync(assembly));
        }

        texts.Should().Equal("ahead: one", "ahead: one", "ahead: two");
        (await File.ReadAllLinesAsync(count)).Should().HaveCount(2);
    }

    private static bool IsReleaseWithCompiler() =>
        AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) && Directory.Exists(Path.Combine(
            Environment.GetEnvironmentVariable("NUGET_PACKAGES")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
            $"microsoft.netcore.app.crossgen2.linux-{Machine}"));

    private static bool IsCompiledAhead(string file)
    {
        using FileStream stream = File.OpenRead(file);
        using var reader = new PEReader(stream);
        return reader.PEHeaders.CorHeader is { ManagedNativeHeaderDirectory.Size: > 0 };
    }

    private static string Machine => RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64";

    private void PutCompiler(string script) =>
        Write(Path.Combine("packages", $"microsoft.netcore.app.crossgen2.linux-{Machine}", FetchedVersion, "tools", "crossgen2"), script);

    private void Write(string path, string script)
    {
        string whole = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        File.WriteAllText(whole, "#!/usr/bin/env bash\n" + script + "\n");
        File.SetUnixFileMode(whole, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<(int ExitCode, string Said)> CompileAsync(string output, string fetching)
    {
        Write("path/dotnet", $"if [[ $1 == --list-runtimes ]]; then echo 'Microsoft.NETCore.App 10.0.1 [/nowhere]'; else {fetching}; fi");
        var start = new ProcessStartInfo(Path.Combine(RepositoryRoot.Path, "build", "compile-ahead"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { output, Path.Combine(_root, "work"), FetchedVersion },
        };
        start.Environment["PATH"] = Path.Combine(_root, "path") + ":" + start.Environment["PATH"];
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_root, "packages");
        using Process process = Process.Start(start)!;
        Task<string> said = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await said + errors);
    }
}
