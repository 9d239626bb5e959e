using System.Diagnostics;
using System.Runtime.Versioning;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Repo.Tests;

/// <summary>The launcher on a tree of its own, with a compiler that only leaves what a build leaves.</summary>
[SupportedOSPlatform("linux")]
public sealed class LauncherTests : IDisposable
{
    private const string Building = "building Release";

    private const string Compiler = """
        #!/usr/bin/env bash
        if [[ "$1" == build ]]; then
          folder=$(dirname "$2")
          mkdir -p "$folder/bin/Release/net10.0" "$folder/obj"
          touch "$folder/bin/Release/net10.0/harness.dll" "$folder/obj/project.assets.json"
          ls -l /proc/$$/fd >"$folder/obj/open-files"
        fi
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("harness-launcher-").FullName;

    public LauncherTests()
    {
        File.Copy(Path.Combine(RepositoryRoot.Path, "harness"), Path.Combine(_root, "harness"));
        Write("src/DeviceHarness.Cli/DeviceHarness.Cli.csproj", string.Empty);
        Write("src/DeviceHarness.Cli/Program.cs", string.Empty);
        Write("Directory.Build.props", string.Empty);
        Write("global.json", string.Empty);
        Write("BannedSymbols.txt", string.Empty);
        Write(".editorconfig", string.Empty);
        Write("path/dotnet", Compiler);
        File.SetUnixFileMode(Path.Combine(_root, "path", "dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Only_the_first_start_on_a_fresh_clone_builds()
    {
        string first = await StartAsync();
        string second = await StartAsync();

        first.Should().Contain(Building);
        second.Should().BeEmpty();
    }

    [Theory]
    [InlineData("src/DeviceHarness.Cli/Added.cs")]
    [InlineData("src/DeviceHarness.Cli/Program.cs")]
    [InlineData("Directory.Build.props")]
    public async Task A_changed_or_added_source_builds_once_more(string source)
    {
        await StartAsync();
        Write(source, "changed");

        string next = await StartAsync();
        string last = await StartAsync();

        next.Should().Contain(Building);
        last.Should().BeEmpty();
    }

    [Fact]
    public async Task A_removed_source_builds_once_more()
    {
        await StartAsync();
        File.Delete(Path.Combine(_root, "src", "DeviceHarness.Cli", "Program.cs"));

        (await StartAsync()).Should().Contain(Building);
    }

    [Fact]
    public async Task The_compiler_does_not_inherit_the_lock_since_its_server_lives_on()
    {
        await StartAsync();

        string open = await File.ReadAllTextAsync(Path.Combine(_root, "src", "DeviceHarness.Cli", "obj", "open-files"));
        open.Should().Contain("build.log").And.NotContain("build.lock");
    }

    private void Write(string path, string text)
    {
        string whole = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        File.WriteAllText(whole, text);
    }

    /// <summary>What the launcher says on its error output.</summary>
    private async Task<string> StartAsync()
    {
        ProcessStartInfo start = new("bash", [Path.Combine(_root, "harness"), "--version"]) { RedirectStandardError = true };
        start.Environment["PATH"] = $"{Path.Combine(_root, "path")}:{Environment.GetEnvironmentVariable("PATH")}";
        using Process process = Process.Start(start)!;
        string said = await process.StandardError.ReadToEndAsync().DefaultTimeout();
        await process.WaitForExitAsync().DefaultTimeout();
        process.ExitCode.Should().Be(0, said);
        return said;
    }
}
