using System.CommandLine;
using System.Text.Json;
using DeviceHarness.Cli;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("")]
    [InlineData("cycle cancel")]
    public async Task Help_shows_examples(string command)
    {
        using RunFolder folder = new();

        await using HarnessProcess help = await HarnessProcess.RunAsync(
            folder.Path, [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        help.ExitCode.Should().Be(0);
        help.Output.Should().Contain("Examples:").And.Contain($"harness {command}");
    }

    [Fact]
    public async Task Help_of_every_command_shows_examples_of_that_very_command()
    {
        (string Name, string[] Words)[] commands = [.. All(HarnessProgram.CreateRoot(), [])];

        commands.Length.Should().BeGreaterThan(60);
        foreach ((string name, string[] words) in commands)
        {
            CommandRun help = await CommandRun.OfAsync([.. words, "--help"]);

            help.ExitCode.Should().Be(0, name);
            help.Output.Should().Contain("Examples:", name).And.Contain(name);
        }

        static IEnumerable<(string Name, string[] Words)> All(Command command, string[] words) =>
            command.Subcommands
                .SelectMany(below => All(below, [.. words, below.Name]))
                .Prepend((string.Join(' ', words.Prepend("harness")), words));
    }

    [Fact]
    public void A_command_that_is_asked_for_is_made_alone()
    {
        IEnumerable<Command> all = [.. HarnessProgram.CreateRoot().Subcommands];

        all.Select(command => command.Name).Should().OnlyContain(name => HarnessProgram.CreateRoot(name).Subcommands.Single().Name == name);
        HarnessProgram.CreateRoot("--data").Subcommands.Should().HaveSameCount(all);
    }

    [Theory]
    [InlineData("no-such-command")]
    [InlineData("pack lint no-such-file.yaml")]
    [InlineData("demo --defect no-such-defect")]
    public async Task A_process_that_was_told_wrong_ends_with_2_and_a_message(string arguments)
    {
        using RunFolder folder = new();

        await using HarnessProcess wrong = await HarnessProcess.RunAsync(folder.Path, arguments.Split(' '));

        wrong.ExitCode.Should().Be(2, wrong.Error);
        wrong.Error.Should().StartWith("harness: ");
        wrong.Error.Should().NotContain("   at ", "a stack trace is not a message");
    }

    [Theory]
    [InlineData("decode")]
    [InlineData("decode xyz")]
    [InlineData("decode --as no-such-layer C0")]
    [InlineData("decode --key 00 C0")]
    [InlineData("decode --key-file no-such-file.keys C0")]
    [InlineData("pack show no-such-pack")]
    [InlineData("run dmct-smoke --plan --only NO-1")]
    [InlineData("replay no-such-file.json")]
    [InlineData("run dmct-smoke --cycles 0")]
    [InlineData("run dmct-smoke --stop-on rain")]
    [InlineData("run dmct-smoke --stop-on failed=0")]
    [InlineData("demo --cycles x")]
    [InlineData("demo --rig-config no-such-file.yaml")]
    [InlineData("send no-such-file.xml --server http://127.0.0.1:1")]
    [InlineData("send /dev/null --sign-with no-such-key.pem")]
    [InlineData("send /dev/null --signer-certificate no-such-certificate.pem")]
    [InlineData("bench up --faults rain=0.1")]
    [InlineData("issue confirm TI-0001 --severity 2")]
    [InlineData("issue link TI-0001 --reason same")]
    [InlineData("agent --rig-config no-such-file.yaml")]
    [InlineData("run no-such-file.yaml --server http://127.0.0.1:1")]
    public async Task What_the_user_wrote_wrong_is_exit_code_2_and_a_message(string arguments)
    {
        CommandRun wrong = await CommandRun.OfAsync(arguments.Split(' '));

        wrong.ExitCode.Should().Be(2, wrong.Error);
        wrong.Error.Should().StartWith("harness: ");
        wrong.Error.Should().NotContain("   at ", "a stack trace is not a message");
    }

    [Fact]
    public async Task What_is_missing_points_to_the_help_of_that_very_command()
    {
        CommandRun wrong = await CommandRun.OfAsync("issue", "confirm", "TI-0001");

        wrong.ExitCode.Should().Be(2, wrong.Error);
        wrong.Error.Should().Contain("--reason").And.Contain("Try: harness issue confirm --help");
    }

    [Fact]
    public async Task Without_an_orchestrator_the_message_says_how_to_start_one()
    {
        using RunFolder folder = new();

        await using HarnessProcess cycles = await HarnessProcess.RunAsync(folder.Path, "cycles", "--data", folder.Data);

        cycles.ExitCode.Should().Be(3);
        cycles.Error.Should().Contain("harness orchestrator").And.Contain("harness demo");
    }

    [Fact]
    public async Task Decode_explains_a_frame_and_refuses_a_broken_one()
    {
        using RunFolder folder = new();

        await using HarnessProcess sound = await HarnessProcess.RunAsync(
            folder.Path, "decode", "7EA0190321D4575AE6E600C001C1000100002A0000FF020012807E");
        await using HarnessProcess broken = await HarnessProcess.RunAsync(
            folder.Path, "decode", "7EA0190321D4575AE6E600C001C1000100002A0000FF020012817E");

        sound.ExitCode.Should().Be(0);
        sound.Output.Should().Contain("0-0:42.0.0.255");
        broken.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task Decode_opens_a_ciphered_APDU_with_a_key_from_a_file_and_shows_no_key()
    {
        using RunFolder folder = new();
        string keys = Path.Combine(folder.Path, "bench.keys");
        await File.WriteAllTextAsync(
            keys,
            "# test keys\nkey 000102030405060708090A0B0C0D0E0F\nauth-key D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF\ntitle 4D4D4D0000BC614E\n");
        const string apdu = "C81E3001234567411312FF935A47566827C467BC7D825C3BE4A77C3FCC056B6B";

        CommandRun opened = await CommandRun.OfAsync("decode", "--key-file", keys, apdu);
        CommandRun damaged = await CommandRun.OfAsync("decode", "--key-file", keys, apdu[..^1] + "A");
        CommandRun wrong = await CommandRun.OfAsync("decode", "--key", "00010203040506070809", apdu);
        CommandRun value = await CommandRun.OfAsync("decode", "--as", "data", "02020F00161E");

        (opened.ExitCode, damaged.ExitCode, wrong.ExitCode, value.ExitCode).Should().Be((0, 1, 2, 0));
        opened.Output.Should().Contain("tag right").And.Contain("0-0:1.0.0.255").And.NotContain("00010203").And.NotContain("D0D1D2");
        damaged.Output.Should().Contain("AuthenticationFailed");
        wrong.Error.Should().Contain("20 characters").And.NotContain("00010203");
        value.Output.Should().Contain("Wh");
    }

    [Fact]
    public async Task Lint_tells_every_fault_with_its_place_and_ends_with_1()
    {
        using RunFolder folder = new();
        string pack = Path.Combine(folder.Path, "mine.pack.yaml");
        await File.WriteAllTextAsync(pack, "pack: mine\ntitle: Mine\nkind: fast\nbudget: soon\ncases: []\n");

        CommandRun wrong = await CommandRun.OfAsync("pack", "lint", pack);
        CommandRun json = await CommandRun.OfAsync("pack", "lint", pack, "--json");
        CommandRun run = await CommandRun.OfAsync("run", pack, "--plan");
        CommandRun sound = await CommandRun.OfAsync("pack", "lint", "dmct-smoke");

        wrong.ExitCode.Should().Be(1, wrong.Error);
        wrong.Output.Should().Contain($"{pack}:3:7: kind: found 'fast'; allowed: smoke, ").And.Contain($"{pack}:4:9: budget: ");
        json.ExitCode.Should().Be(1, json.Error);
        JsonDocument.Parse(json.Output).RootElement[0].GetProperty("faults").GetArrayLength().Should().Be(Lines(wrong).Length - 1);
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain($"{pack}:3:7: ").And.Contain($"{pack}:4:9: ");
        sound.ExitCode.Should().Be(0, sound.Output);
    }

    [Fact]
    public async Task Show_and_plan_tell_what_a_pack_does_without_a_bench()
    {
        using RunFolder folder = new();

        CommandRun show = await CommandRun.OfAsync("pack", "show", "dmct-smoke", "--only", "ACK-01");
        CommandRun plan = await CommandRun.OfAsync(
            "run", "dmct-smoke", "--plan", "--only", "ACK-02", "--rig-config", folder.RigConfig, "--json");

        show.ExitCode.Should().Be(0, show.Error);
        show.Output.Should().Contain("known issue: 110029 when met 8, missed 10").And.Contain("effect achieved: step 8");
        plan.ExitCode.Should().Be(0, plan.Error);
        JsonElement planned = JsonDocument.Parse(plan.Output).RootElement;
        planned.GetProperty("requests").GetInt32().Should().Be(21);
        planned.GetProperty("cases")[0].GetProperty("devices")[0].GetProperty("device").GetString().Should().Be("esme-02");
    }

    [Fact]
    public async Task A_self_test_says_which_case_catches_a_defect_and_a_trace_which_case_shows_a_requirement()
    {
        CommandRun selfTest = await CommandRun.OfAsync(
            "selftest", "--rigs", RepositoryRoot.Path, "--pack", "commissioning", "--defect", "none", "event-missing");
        CommandRun trace = await CommandRun.OfAsync("trace", "--no-verdicts", "--json");

        selfTest.ExitCode.Should().Be(0, selfTest.Output);
        selfTest.Output.Should().MatchRegex(@"event-missing +commissioning: COM-01\s").And.MatchRegex(@"none +-\s");
        JsonElement row = JsonDocument.Parse(trace.Output).RootElement.GetProperty("rows").EnumerateArray()
            .Single(row => row.GetProperty("item").GetInt32() == 85);
        row.GetProperty("cases").EnumerateArray().Select(one => one.GetProperty("name").GetString())
            .Should().Contain("key-rotation KEY-02");
    }

    [Theory]
    [InlineData("pack", "src/DeviceHarness.Packs/Loader/pack.schema.json")]
    [InlineData("rig", "src/DeviceHarness.Agent/Rig/rig.schema.json")]
    [InlineData("firmware", "src/DeviceHarness.Agent/Rig/firmware.schema.json")]
    [InlineData("profile", "src/DeviceHarness.Drivers/Profiles/profile.schema.json")]
    public async Task A_schema_is_printed_as_the_repository_has_it(string name, string path)
    {
        CommandRun schema = await CommandRun.OfAsync("schema", name);

        schema.Output.Trim().Should().Be((await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, path))).Trim());
    }

    [Fact]
    public async Task Srv_list_has_the_whole_catalogue_and_marks_what_is_driven()
    {
        CommandRun all = await CommandRun.OfAsync("srv", "list");
        CommandRun driven = await CommandRun.OfAsync("srv", "list", "--driven");

        Lines(all).Should().HaveCount(1 + 129);
        Lines(driven).Skip(1).Select(line => line.Split(' ')[0]).Should().BeEquivalentTo(
            "1.1.1", "1.2.1", "1.5", "1.6", "2.1", "2.2", "2.3", "2.5", "3.1", "3.2", "3.3",
            "4.1.1", "4.2", "4.3", "4.6.1", "4.6.2", "4.8.1", "4.8.2", "4.8.3", "4.10", "4.11.1", "4.13", "4.14", "4.15", "4.16", "4.17",
            "4.18", "6.2.1", "6.2.2", "6.2.3", "6.2.4", "6.2.5", "6.2.7", "6.2.9", "6.4.1", "6.4.2", "6.5", "6.8", "6.11", "6.13", "6.27",
            "7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8", "7.9", "7.10", "7.11", "8.1.1", "8.9", "8.11", "11.1", "11.2", "11.3",
            "11.4");
    }

    private static string[] Lines(CommandRun run) => run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
