using System.Diagnostics;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Cli.Commands;
using DeviceHarness.EndToEnd.Tests.Kills;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

public sealed class FolderOwnerTests
{
    private const string Nobody = "65534";

    private static readonly string[] Accounts = ["root:x:0:0:root:/root:/bin/bash", string.Empty, "rig:x:998:997::/var/lib/rig:/bin/false"];

    [Fact]
    public void Root_works_in_a_folder_of_its_own() => FolderOwner.Refusal("/data", 0, Accounts).Should().BeNull();

    [Theory]
    [InlineData(998, "belongs to the account rig,", "sudo -u rig harness … --data /data")]
    [InlineData(1001, "belongs to the account with the number 1001,", "sudo -u '#1001' harness … --data /data")]
    [InlineData(997, "number 997", "'#997'")]
    public void Root_is_sent_to_the_account_that_a_folder_belongs_to(uint owner, string whose, string advice) =>
        FolderOwner.Refusal("/data", owner, Accounts).Should().StartWith("/data ").And.Contain(whose).And.Contain(advice);

    [Fact]
    public void A_folder_has_an_owner_and_one_that_is_not_there_has_none()
    {
        using RunFolder folder = new();

        bool isRoots = DataFolder.OwnerOf(folder.Path) == 0;

        isRoots.Should().Be(Environment.IsPrivilegedProcess, "who runs this made it");
        DataFolder.OwnerOf(Path.Combine(folder.Path, "none")).Should().BeNull();
    }

    [RootFact(mounts: false)]
    public async Task Root_makes_nothing_in_the_folder_of_another_account()
    {
        using RunFolder folder = new();
        Directory.CreateDirectory(folder.Data);
        using (Process giving = Process.Start("chown", [Nobody, folder.Data]))
        {
            await giving.WaitForExitAsync();
        }

        foreach (string command in (string[])["doctor", "keys list", "power list", "operator list", "readout esme-01", "survey esme-01"])
        {
            CommandRun run = await CommandRun.OfAsync([.. command.Split(' '), "--rig-config", folder.RigConfig, "--data", folder.Data]);

            run.ExitCode.Should().Be(2, command);
            run.Error.Should().Contain(folder.Data, command).And.Contain("sudo -u ", command);
        }

        Directory.EnumerateFileSystemEntries(folder.Data).Should().BeEmpty();
        CommandRun reader = await CommandRun.OfAsync("rigs", "--data", folder.Data);
        reader.Error.Should().Contain("no orchestrator is running", "who only asks an orchestrator makes nothing");
    }

    /// <summary>Who takes the folder by another way would not be stopped.</summary>
    [Fact]
    public void Every_command_asks_whose_the_data_folder_is() =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src", "DeviceHarness.Cli"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("DataFolder.Resolve(", StringComparison.Ordinal))
            .Select(Path.GetFileName)
            .Should().BeEquivalentTo("FolderOwner.cs", "OrchestratorConnection.cs");
}
