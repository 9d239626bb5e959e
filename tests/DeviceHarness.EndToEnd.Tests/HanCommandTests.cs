using System.Text.Json;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary><c>harness han</c> as a person at the bench uses it, on a virtual adapter of another process.</summary>
public sealed class HanCommandTests
{
    private static readonly string Rig = Path.Combine(RepositoryRoot.Path, "rigs", "han", "rig.yaml");

    [Fact]
    public async Task A_network_is_formed_a_meter_let_in_shown_listened_to_and_sent_away()
    {
        using RunFolder folder = new();
        string capture = Path.Combine(folder.Path, "han.pcapng");
        CommandRun nobody = await HanAsync(folder, "devices");
        await using HarnessProcess bench = HarnessProcess.Start(folder.Path, "bench", "up", "--rig-config", Rig, "--data", folder.Data);
        await bench.WaitForLineAsync("serving until Ctrl-C");

        CommandRun early = await HanAsync(folder, "permit", "gsme-01");
        CommandRun formed = await HanAsync(folder, "form", "--json");
        CommandRun again = await HanAsync(folder, "form");
        CommandRun outside = await HanAsync(folder, "devices");
        CommandRun joined = await HanAsync(folder, "permit", "gsme-01", "--for", "120", "--json");
        CommandRun inside = await HanAsync(folder, "devices", "--interview", "--json");
        CommandRun heard = await HanAsync(folder, "sniff", "--for", "1", "-o", capture);
        CommandRun away = await HanAsync(folder, "leave", "gsme-01");
        CommandRun ended = await HanAsync(folder, "leave");

        nobody.ExitCode.Should().Be(3);
        nobody.Error.Should().Contain("harness bench up");
        early.ExitCode.Should().Be(1);
        early.Error.Should().Contain("harness han form");
        formed.ExitCode.Should().Be(0, formed.Error);
        JsonElement network = JsonDocument.Parse(formed.Output).RootElement.GetProperty("network");
        network.GetProperty("channel").GetInt32().Should().Be(15);
        again.ExitCode.Should().Be(1);
        again.Error.Should().Contain($"PAN {network.GetProperty("panId").GetString()}").And.Contain("harness han leave");
        outside.ExitCode.Should().Be(1);
        outside.Output.Should().Contain("not in the network");
        joined.ExitCode.Should().Be(0, joined.Output);
        JsonDocument.Parse(joined.Output).RootElement[0].GetProperty("linkKey").GetString().Should().Be("established");
        inside.ExitCode.Should().Be(1, "gsme-away is in no network");
        JsonElement device = JsonDocument.Parse(inside.Output).RootElement.GetProperty("devices")[0];
        device.GetProperty("kind").GetString().Should().Be("SleepyEndDevice");
        device.GetProperty("serves").EnumerateArray().Select(cluster => cluster.GetString()).Should().Contain("0702");
        heard.ExitCode.Should().Be(0, heard.Error);
        (await File.ReadAllBytesAsync(capture))[..4].Should().Equal(0x0A, 0x0D, 0x0D, 0x0A);
        away.ExitCode.Should().Be(0, away.Error);
        ended.Output.Should().Contain("zb-01: left PAN");
    }

    [Fact]
    public async Task The_gas_form_of_a_pack_runs_on_a_virtual_gas_meter()
    {
        string[] some = TestSize.IsLong ? [] : ["--only", "GSMK-01", "GSMK-06", "GSMK-10"];

        CommandRun run = await CommandRun.OfAsync(["run", "dmct-smoke", "--device", "gsme", "--virtual", "--rig-config", Rig, .. some]);
        CommandRun elsewhere = await CommandRun.OfAsync("run", "dmct-smoke", "--device", "gsme", "--virtual");
        CommandRun none = await CommandRun.OfAsync("run", "firmware-order", "--device", "ppmid", "--virtual");

        run.ExitCode.Should().Be(0, run.Output + run.Error);
        run.Output.Should().Contain("(dmct-smoke-gsme on han").And.Contain("Pass rate: 100 %").And.Contain("GSMK-10 A meter");
        elsewhere.Error.Should().Contain("rigs/han/rig.yaml", "that is the bench for it, below the folder where the command runs");
        none.ExitCode.Should().Be(2, none.Output);
        none.Error.Should().Contain("firmware-order has no form for 'ppmid'");
    }

    [Theory]
    [InlineData("form --channel 11", "--channel: found 11; allowed for zb-01: 15")]
    [InlineData("permit gsme-01 --for 0", "--for: found 0; allowed: 1 to 254")]
    [InlineData("permit esme-01", "has no device 'esme-01'")]
    [InlineData("devices --adapter zb-02", "zb-02")]
    public async Task What_the_user_wrote_wrong_is_exit_code_2_before_anything_is_opened(string arguments, string message)
    {
        using RunFolder folder = new();

        CommandRun wrong = await HanAsync(folder, arguments.Split(' '));

        wrong.ExitCode.Should().Be(2, wrong.Error);
        wrong.Error.Should().Contain(message);
        Directory.Exists(folder.Data).Should().BeFalse();
    }

    private static Task<CommandRun> HanAsync(RunFolder folder, params string[] arguments) =>
        CommandRun.OfAsync(["han", .. arguments, "--rig-config", Rig, "--data", folder.Data]);
}
