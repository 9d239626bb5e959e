using System.Runtime.Versioning;
using System.Text.Json;
using DeviceHarness.Drivers.Keys;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests.Keys;

/// <summary><c>harness keys</c> as a person at the bench uses it: over a pseudo-terminal, on a meter of another process.</summary>
public sealed class KeysCommandTests
{
    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task A_key_is_rotated_probed_and_listed_and_no_key_is_ever_shown_or_left_on_disk()
    {
        using SecuredFolder folder = new();
        string before = await folder.RunAsync(0, "keys", "list");
        bool isMade = Directory.Exists(folder.Data);
        await using HarnessProcess bench = await folder.StartBenchAsync();

        string none = await folder.RunAsync(3, "keys", "probe", "esme-01", "--former");
        string rotated = await folder.RunAsync(0, "keys", "rotate", "esme-01");
        string held = await folder.RunAsync(0, "keys", "probe", "esme", "--json");
        string former = await folder.RunAsync(0, "keys", "probe", "esme-01", "--former");
        string after = await folder.RunAsync(0, "keys", "list");
        string refused = await folder.RunAsync(1, "keys", "rotate", "esme-01", "--rig-config", folder.WrongMaster);
        string json = await folder.RunAsync(0, "keys", "list", "--json");
        bench.Interrupt();
        await bench.WaitForExitAsync();
        folder.Keep("bench", bench);

        before.Should().Contain("esme-01").And.Contain("of the rig file").And.Contain("never rotated").And.Contain("0 of 3");
        isMade.Should().BeFalse("a listing makes nothing");
        none.Should().Contain("KEYS-003").And.Contain("no key was rotated out");
        rotated.Should().Contain("esme-01: confirmed").And.Contain("the device holds the new key");
        JsonDocument.Parse(held).RootElement.GetProperty("proof").GetString().Should().Be("Candidate");
        former.Should().Contain("refuses the former key");
        after.Should().Contain("rotated, proven").And.Contain("0 of 3", "the right key gave the attempts back");
        refused.Should().Contain("esme-01: refused").And.Contain("the device holds the former key");
        KeyRecord kept = SecuredFolder.KeysIn(folder.Data);
        JsonElement listed = JsonDocument.Parse(json).RootElement[0];
        listed.GetProperty("active").GetString().Should().Be(kept.Active.Identifier);
        listed.GetProperty("held").GetString().Should().Be("Former");
        foreach (string file in (string[])["keys.1", "keys.2"])
        {
            File.GetUnixFileMode(Path.Combine(folder.Security, file)).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        folder.Scanner().Find(await File.ReadAllBytesAsync(KeyStoreKey.FileOf(folder.Data))).Should().NotBeEmpty("it is looked for");
        folder.Leaks().Should().BeEmpty();
    }

    [Theory]
    [InlineData(2, "has no device 'gsme'; it has esme-01, esme-02, esme-mute", "rotate", "gsme")]
    [InlineData(2, "has no device 'gsme'; it has esme-01, esme-02, esme-mute", "probe", "gsme")]
    [InlineData(2, "Try: harness keys rotate --help", "rotate")]
    [InlineData(2, "esme-02 has no keys of its own", "rotate", "esme-02")]
    [InlineData(2, "esme-02 has no keys of its own", "probe", "esme-02")]
    [InlineData(3, "harness bench up", "rotate", "esme-01")]
    [InlineData(3, "harness bench up", "probe", "esme-01")]
    public async Task What_cannot_be_done_is_said_and_nothing_is_rotated(int exitCode, string reason, params string[] arguments)
    {
        using SecuredFolder folder = new();

        string told = await folder.AskAsync(exitCode, ["keys", .. arguments]);

        told.Should().Contain("harness: ").And.Contain(reason);
        told.Should().NotContain("   at ", "a stack trace is not a message");
        Directory.Exists(folder.Security).Should().BeFalse("no key was kept");
    }

    [Fact]
    public async Task Stores_whose_key_is_gone_are_neither_read_nor_begun_anew()
    {
        using SecuredFolder folder = new();
        Directory.CreateDirectory(folder.Security);
        string store = Path.Combine(folder.Security, "keys.1");
        await File.WriteAllTextAsync(store, "encrypted once");

        string listed = await folder.AskAsync(2, "keys", "list");
        string rotated = await folder.AskAsync(2, "keys", "rotate", "esme-01");

        listed.Should().Contain("keystore.key").And.Contain("put it back from a backup");
        rotated.Should().Contain("keystore.key");
        File.Exists(KeyStoreKey.FileOf(folder.Data)).Should().BeFalse();
        (await File.ReadAllTextAsync(store)).Should().Be("encrypted once");
    }

    [Fact]
    public async Task A_rotation_that_is_overdue_since_the_migration_is_flagged_and_exit_code_1()
    {
        using SecuredFolder folder = new();
        string text = await File.ReadAllTextAsync(folder.RigConfig);
        string migrated = folder.In("migrated.yaml");
        await File.WriteAllTextAsync(
            migrated, text.Replace("key-rotation: possible", "key-rotation: possible, migrated-at: 2020-02-01", StringComparison.Ordinal));

        string listed = await folder.AskAsync(1, "keys", "list", "--rig-config", migrated);

        listed.Should().Contain("missed: 2020-02-08 00:00:00Z");
    }

    [Fact]
    public async Task A_real_device_is_not_rotated_unless_it_is_allowed()
    {
        using SecuredFolder folder = new();
        string text = await File.ReadAllTextAsync(folder.RigConfig);
        int start = text.IndexOf("link: {", StringComparison.Ordinal);
        int end = text.IndexOf('}', start) + 1;
        string real = folder.In("real.yaml");
        await File.WriteAllTextAsync(real, $"{text[..start]}link: {{ via: serial, port: {folder.In("no-such-port")} }}{text[end..]}");

        string forbidden = await folder.AskAsync(2, "keys", "rotate", "esme-01", "--rig-config", real);
        string allowed = await folder.AskAsync(3, "keys", "rotate", "esme-01", "--rig-config", real, "--allow-irreversible");

        forbidden.Should().Contain("esme-01 is a real device").And.Contain("--allow-irreversible");
        allowed.Should().Contain("no-such-port");
    }
}
