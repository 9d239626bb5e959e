using System.Diagnostics;
using DeviceHarness.Cli.Commands;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests.Packaging;

/// <summary>The folder for a rig, installed below a folder of the test's own: what it puts where, and what is left of it.</summary>
public sealed class InstallTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("harness-install-").FullName;

    private string Stage => Path.Combine(_folder, "stage");

    private string Rig => Path.Combine(Stage, "etc", "deviceharness", "rig-config.yaml");

    private string Current => Path.Combine(Stage, "opt", "deviceharness", "current");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Installed_twice_is_the_same_as_once_and_uninstalled_leaves_the_data_alone()
    {
        string folder = await BuildAsync("program");
        await InstallAsync(folder);
        string[] once = Everything();
        await InstallAsync(folder);
        string[] twice = Everything();
        Directory.CreateDirectory(Path.Combine(Stage, "var", "lib", "deviceharness", "agent"));
        await RunAsync(Path.Combine(Current, "uninstall.sh"), "--root", Stage);

        twice.Should().Equal(once);
        once.Should().Contain(line => line.StartsWith("/etc/systemd/system/deviceharness-agent.service", StringComparison.Ordinal))
            .And.Contain(line => line.StartsWith("/etc/udev/rules.d/61-deviceharness.rules", StringComparison.Ordinal))
            .And.Contain(line => line.StartsWith("/usr/local/bin/harness -> /opt/deviceharness/current/harness", StringComparison.Ordinal));
        Everything().Where(line => !line.EndsWith('/')).Should().ContainSingle()
            .Which.Should().StartWith("/var/lib/deviceharness/rig-config.yaml ", "what a person wrote is no program");
        Directory.Exists(Path.Combine(Stage, "var", "lib", "deviceharness", "agent")).Should().BeTrue();
    }

    [Fact]
    public async Task What_somebody_put_beside_the_rig_file_outlasts_every_uninstall()
    {
        string folder = await BuildAsync("program");
        foreach (string secret in new[] { "first", "second" })
        {
            await InstallAsync(folder);
            string beside = Path.GetDirectoryName(Rig)!;
            Directory.CreateDirectory(Path.Combine(beside, "certificates"));
            string password = Path.Combine(beside, "esme-01.password");
            await File.WriteAllTextAsync(password, secret);
            File.SetUnixFileMode(password, UnixFileMode.UserRead);
            await File.WriteAllTextAsync(Path.Combine(beside, "certificates", "root.pem"), secret);
            await RunAsync(Path.Combine(Current, "uninstall.sh"), "--root", Stage);
        }

        string data = Path.Combine(Stage, "var", "lib", "deviceharness");
        foreach ((string kept, string secret) in new[] { ("etc", "second"), ("etc.~1~", "first") })
        {
            string password = Path.Combine(data, kept, "esme-01.password");
            (await File.ReadAllTextAsync(password)).Should().Be(secret);
            File.GetUnixFileMode(password).Should().Be(UnixFileMode.UserRead);
            (await File.ReadAllTextAsync(Path.Combine(data, kept, "certificates", "root.pem"))).Should().Be(secret);
        }

        Directory.Exists(Path.GetDirectoryName(Rig)).Should().BeFalse();
    }

    [Fact]
    public async Task An_upgrade_keeps_the_rig_file_and_the_version_before_and_drops_older_ones()
    {
        foreach (string version in new[] { "1", "2", "3" })
        {
            string folder = await BuildAsync($"program {version}");
            await File.WriteAllTextAsync(Path.Combine(folder, "VERSION"), version);
            await InstallAsync(folder);
            if (version == "1")
            {
                await File.WriteAllTextAsync(Rig, "rig: mine");
            }
        }

        (await File.ReadAllTextAsync(Rig)).Should().Be("rig: mine");
        (await File.ReadAllTextAsync(Path.Combine(Current, "lib", "harness.dll"))).Should().Be("program 3");
        Directory.GetDirectories(Path.GetDirectoryName(Current)!).Select(Path.GetFileName).Should().BeEquivalentTo("2", "3", "current");
    }

    [Fact]
    public async Task What_an_interrupted_copy_left_is_never_run()
    {
        string left = Path.Combine(Stage, "opt", "deviceharness", ".new");
        Directory.CreateDirectory(left);
        await File.WriteAllTextAsync(Path.Combine(left, "half"), "a file");

        await InstallAsync(await BuildAsync("program"));

        Directory.Exists(left).Should().BeFalse();
        File.Exists(Path.Combine(Current, "half")).Should().BeFalse();
        File.Exists(Path.Combine(Current, "lib", "harness.dll")).Should().BeTrue();
    }

    [Theory]
    [InlineData("install.sh", "--rot", "unknown argument '--rot'; allowed: --root <dir>, --finish, --help")]
    [InlineData("install.sh", "--root", "--root needs a folder")]
    [InlineData("uninstall.sh", "--all", "unknown argument '--all'")]
    public async Task A_wrong_argument_is_told_with_what_is_allowed(string script, string argument, string told)
    {
        string folder = await BuildAsync("program");

        (int exitCode, string said) = await TryAsync(Path.Combine(folder, script), argument);

        exitCode.Should().Be(2);
        said.Should().Contain(told);
    }

    [Fact]
    public async Task A_Debian_package_has_the_same_files()
    {
        string lib = await LibAsync("program");
        string folder = Path.Combine(_folder, "deviceharness");
        string said = await RunAsync(Script("build"), "--deb", "--from", lib, folder);
        string package = said.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1];
        await RunAsync("dpkg-deb", "--extract", package, Path.Combine(_folder, "unpacked"));
        string control = await RunAsync("dpkg-deb", "--info", package);
        await InstallAsync(folder);

        Everything(Path.Combine(_folder, "unpacked")).Should().Equal(Everything());
        control.Should().Contain("Package: deviceharness-agent").And.Contain("Architecture: all").And.Contain("postinst");
    }

    [Fact]
    public async Task The_service_starts_the_agent_with_arguments_that_it_has()
    {
        string unit = await File.ReadAllTextAsync(Script(Path.Combine("folder", "systemd", "deviceharness-agent.service")));
        string start = unit.Split('\n').Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal));
        string[] words = [.. start.Split(' ').Skip(1)];
        IEnumerable<string> known = AgentCommand.Create().Options.Concat([CommonOptions.Data]).Select(option => option.Name);

        words[0].Should().Be("agent");
        words.Where(word => word.StartsWith("--", StringComparison.Ordinal)).Should().NotBeEmpty().And.BeSubsetOf(known);
        unit.Should().Contain("Type=notify").And.Contain("WatchdogSec=").And.Contain("Restart=always");
    }

    private static string Script(string name) => Path.Combine(RepositoryRoot.Path, "packaging", name);

    private async Task<string> LibAsync(string program)
    {
        string lib = Path.Combine(_folder, "lib");
        Directory.CreateDirectory(lib);
        await File.WriteAllTextAsync(Path.Combine(lib, "harness.dll"), program);
        return lib;
    }

    private async Task<string> BuildAsync(string program)
    {
        string folder = Path.Combine(_folder, "deviceharness");
        await RunAsync(Script("build"), "--from", await LibAsync(program), folder);
        return folder;
    }

    private Task<string> InstallAsync(string folder) => RunAsync(Path.Combine(folder, "install.sh"), "--root", Stage);

    /// <summary>All that is below the stage: folders with a slash, files with mode, size and content, links with where they lead.</summary>
    private string[] Everything(string? root = null)
    {
        string from = root ?? Stage;
        return
        [
            .. new DirectoryInfo(from).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(found =>
            {
                string name = found.FullName[from.Length..];
                return found.LinkTarget is { } target ? $"{name} -> {target}"
                    : found is FileInfo file ? $"{name} {file.UnixFileMode} {Convert.ToHexString(HashOf(file))}"
                    : $"{name}/";
            }).Order(StringComparer.Ordinal),
        ];
    }

    private static byte[] HashOf(FileInfo file) => System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file.FullName));

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        (int exitCode, string said) = await TryAsync(program, arguments);
        exitCode.Should().Be(0, said);
        return said;
    }

    private static async Task<(int ExitCode, string Said)> TryAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync().DefaultTimeout();
        string told = await errors.DefaultTimeout();
        await process.WaitForExitAsync().DefaultTimeout();
        return (process.ExitCode, $"{told}{output}");
    }
}
