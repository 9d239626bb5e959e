using System.Security.Cryptography;
using System.Text.Json;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

public sealed class FirmwareCommandTests
{
    private static readonly string[] Build =
        ["firmware", "build", "--model", "generic-smets1", "--version", "4.3.0", "--hardware", "1-3", "--made-up", "1000", "-o"];

    [Fact]
    public async Task A_built_file_is_the_same_each_time_and_inspects_sound()
    {
        using RunFolder folder = new();
        string first = Path.Combine(folder.Path, "first.ota");
        string second = Path.Combine(folder.Path, "second.ota");

        await using HarnessProcess built = await HarnessProcess.RunAsync(folder.Path, [.. Build, first]);
        await using HarnessProcess again = await HarnessProcess.RunAsync(folder.Path, [.. Build, second]);
        await using HarnessProcess inspected = await HarnessProcess.RunAsync(folder.Path, "firmware", "inspect", first, "--json");

        built.ExitCode.Should().Be(0, built.Error);
        again.ExitCode.Should().Be(0);
        inspected.ExitCode.Should().Be(0);
        byte[] octets = await File.ReadAllBytesAsync(first);
        (await File.ReadAllBytesAsync(second)).Should().Equal(octets);
        string hash = Convert.ToHexStringLower(SHA256.HashData(octets));
        using JsonDocument json = JsonDocument.Parse(inspected.Output);
        JsonElement root = json.RootElement;
        using AssertionScope scope = new();
        built.Output.Should().Contain(hash);
        root.GetProperty("sha256").GetString().Should().Be(hash);
        root.GetProperty("isWellFormed").GetBoolean().Should().BeTrue();
        root.GetProperty("integrity").GetString().Should().Be("BeforeElement");
        root.GetProperty("warnings").GetArrayLength().Should().Be(0);
        root.GetProperty("header").GetProperty("model").GetString().Should().Be("generic-smets1");
        root.GetProperty("header").GetProperty("version").GetString().Should().Be("4.3.0");
        root.GetProperty("header").GetProperty("maximumHardware").GetInt32().Should().Be(3);
        root.GetProperty("elements").EnumerateArray().Select(element => element.GetProperty("contentOctets").GetInt32())
            .Should().Equal(1000, 16);
    }

    [Fact]
    public async Task A_payload_stands_in_the_file_as_it_is()
    {
        using RunFolder folder = new();
        string payload = Path.Combine(folder.Path, "app.bin");
        string file = Path.Combine(folder.Path, "app.ota");
        await File.WriteAllBytesAsync(payload, [.. "the firmware"u8]);

        CommandRun built = await CommandRun.OfAsync(
            "firmware", "build", "--model", "m", "--version", "1", "--hardware", "2", "--payload", payload, "-o", file,
            "--manufacturer", "4190");

        built.ExitCode.Should().Be(0, built.Error);
        byte[] octets = await File.ReadAllBytesAsync(file);
        octets[66..78].Should().Equal("the firmware"u8.ToArray());
        BitConverter.ToUInt16(octets, 10).Should().Be(4190);
    }

    [Theory]
    [InlineData("damaged", "the integrity code is not", 1066)]
    [InlineData("short", "Truncated", 1087)]
    [InlineData("no magic", "no magic number", 0)]
    [InlineData("header length", "BadLength", 6)]
    public async Task A_malformed_file_is_exit_code_1_with_offset_and_reason(string fault, string reason, int offset)
    {
        using RunFolder folder = new();
        string file = Path.Combine(folder.Path, "image.ota");
        CommandRun built = await CommandRun.OfAsync([.. Build, file]);
        built.ExitCode.Should().Be(0, built.Error);
        byte[] octets = await File.ReadAllBytesAsync(file);
        switch (fault)
        {
            case "damaged":
                octets[500] ^= 1;
                break;
            case "short":
                octets = octets[..^1];
                break;
            case "no magic":
                octets[0] = 0;
                break;
            default:
                octets[6]++;
                break;
        }

        await File.WriteAllBytesAsync(file, octets);

        CommandRun inspected = await CommandRun.OfAsync("firmware", "inspect", file);

        inspected.ExitCode.Should().Be(1);
        inspected.Output.Should().Contain($"malformed at octet {offset}: ").And.Contain(reason);
    }

    [Fact]
    public async Task A_received_image_is_recorded_once_shown_and_used_in_plans()
    {
        using RunFolder folder = new();
        string image = Path.Combine(folder.Path, "image.ota");
        string register = Path.Combine(folder.Path, "mine.yaml");
        await File.WriteAllTextAsync(
            register, "# ours\nimages:\nupgrades:\n  - { type: ESME, model: generic-smets1-esme, from: \"4.2.0\", to: \"4.3.0\" }\n");
        string rig = await File.ReadAllTextAsync(folder.RigConfig);
        await File.WriteAllTextAsync(
            folder.RigConfig,
            rig.Replace("rigs/firmware.yaml", "mine.yaml", StringComparison.Ordinal)
                .Replace("firmware: \"4.2.1\" }", "firmware: \"4.3.0\" }", StringComparison.Ordinal));
        string[] receive =
            ["firmware", "receive", image, "--register", register, "--model", "generic-smets1-esme", "--provider", "A Supplier's desk"];
        CommandRun built = await CommandRun.OfAsync([.. Build, image]);
        CommandRun blocked = await CommandRun.OfAsync("firmware", "plan", "esme-01", "--to", "4.3.0", "--rig-config", folder.RigConfig);

        CommandRun received = await CommandRun.OfAsync(receive);
        CommandRun again = await CommandRun.OfAsync(receive);
        CommandRun images = await CommandRun.OfAsync("firmware", "images", "--rig-config", folder.RigConfig);
        CommandRun devices = await CommandRun.OfAsync("firmware", "devices", "--rig-config", folder.RigConfig);
        CommandRun plan = await CommandRun.OfAsync("firmware", "plan", "esme-01", "--to", "4.3.0", "--rig-config", folder.RigConfig);

        using AssertionScope scope = new();
        blocked.ExitCode.Should().Be(1, blocked.Error);
        blocked.Output.Should().Contain("may not start: no image of ESME generic-smets1-esme 4.3.0 is recorded");
        received.ExitCode.Should().Be(0, received.Error);
        again.ExitCode.Should().Be(2);
        again.Error.Should().Contain("holds that image already, from A Supplier's desk");
        (await File.ReadAllTextAsync(register)).Should().StartWith("# ours\nimages:\n  - sha256: ").And.Contain("upgrades:\n");
        images.Output.Should().MatchRegex("ESME +generic-smets1-esme +4\\.3\\.0 +A Supplier's desk .* yes");
        devices.ExitCode.Should().Be(0, devices.Error);
        devices.Output.Should().MatchRegex("ESME +generic-smets1-esme +4\\.2\\.0 +yes +esme-01, esme-mute, esme-02 +none needed");
        plan.ExitCode.Should().Be(0, plan.Error);
        plan.Output.Should().Contain("1. 11.1, 11.3, 11.2 to 4.3.0: SHA-256 ").And.Contain("from A Supplier's desk");
    }

    [Theory]
    [InlineData("firmware receive no-such-file.ota --register r.yaml --model m --provider p")]
    [InlineData("firmware inspect no-such-file.ota")]
    [InlineData("firmware build --model m --version 123456789 --hardware 1 --made-up 10 -o x.ota")]
    [InlineData("firmware build --model m --version 1 --hardware 3-1 --made-up 10 -o x.ota")]
    [InlineData("firmware build --model m --version 1 --hardware 1 -o x.ota")]
    [InlineData("firmware build --model m --version 1 --hardware 1 --made-up 10 --image-type 65536 -o x.ota")]
    [InlineData("firmware build --model m --version 1 --hardware 1 --payload no-such-file -o x.ota")]
    public async Task What_the_user_wrote_wrong_is_exit_code_2_and_writes_nothing(string arguments)
    {
        using RunFolder folder = new();

        CommandRun wrong = await CommandRun.OfAsync(
            [.. arguments.Split(' ').Select(word => word == "x.ota" ? Path.Combine(folder.Path, word) : word)]);

        wrong.ExitCode.Should().Be(2, wrong.Error);
        wrong.Error.Should().StartWith("harness: ");
        File.Exists(Path.Combine(folder.Path, "x.ota")).Should().BeFalse();
    }
}
