using System.Diagnostics;
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
        CommandRun doctor = await CommandRun.OfAsync("doctor", "--rig-config", Rig, "--data", folder.Data, "--json");
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
        doctor.ExitCode.Should().Be(0, doctor.Output + doctor.Error);
        string[] findings =
        [
            .. JsonDocument.Parse(doctor.Output).RootElement.GetProperty("findings").EnumerateArray().Select(finding =>
                $"{finding.GetProperty("check")} {finding.GetProperty("state")}: {finding.GetProperty("found")}"),
        ];
        findings[0].Should().StartWith("trust-centre-backup Good: kept 0.0 hours ago");
        findings[1].Should().StartWith("certificate Note: no certificate is held that a production device would accept: made-up");
        findings[2].Should().StartWith("adapter Good: answers: EZSP 13, firmware ").And.EndWith("in a network on channel 15");
        away.ExitCode.Should().Be(0, away.Error);
        ended.Output.Should().Contain("zb-01: left PAN");
    }

    [Fact]
    public async Task The_gas_form_of_a_pack_runs_on_a_virtual_gas_meter()
    {
        string[] some = TestSize.IsLong ? [] : ["--only", "GSMK-02", "GSMK-06", "GSMK-10"];
        DateTime before = TimeProvider.System.GetUtcNow().UtcDateTime;

        CommandRun run = await CommandRun.OfAsync(["run", "dmct-smoke", "--device", "gsme", "--virtual", "--rig-config", Rig, .. some]);
        CommandRun elsewhere = await CommandRun.OfAsync("run", "dmct-smoke", "--device", "gsme", "--virtual");
        CommandRun none = await CommandRun.OfAsync("run", "firmware-order", "--device", "ppmid", "--virtual");

        run.ExitCode.Should().Be(0, run.Output + run.Error);
        run.Output.Should().Contain("(dmct-smoke-gsme on han").And.Contain("Pass rate: 100 %").And.Contain("GSMK-10 A meter");
        elsewhere.Error.Should().Contain("rigs/han/rig.yaml", "that is the bench for it, below the folder where the command runs");
        none.ExitCode.Should().Be(2, none.Output);
        none.Error.Should().Contain("firmware-order has no form for 'ppmid'");
        await EvidenceBecomesACaptureAsync(before);
    }

    /// <summary>What the run left of a read of the register, dissected by another program down to the attributes of Smart Energy.</summary>
    private static async Task EvidenceBecomesACaptureAsync(DateTime before)
    {
        using RunFolder folder = new();
        string evidence = Path.Combine(folder.Path, "evidence.json");
        string file = Path.Combine(folder.Path, "han.pcapng");
        byte[] kept = Directory.GetDirectories("runs").Where(run => Directory.GetCreationTimeUtc(run) >= before)
            .Select(run => Path.Combine(run, "data", "harness.db")).Where(File.Exists)
            .Select(database => KeptEvidence.Of(database, "GSMK-02")).First(found => found is not null)!.Value.Content;
        await File.WriteAllBytesAsync(evidence, kept);
        JsonElement radio = JsonDocument.Parse(kept).RootElement.GetProperty("radios").EnumerateArray().Single();
        radio.GetProperty("channel").GetInt32().Should().Be(15);
        radio.GetProperty("energyDbm").GetProperty("15").GetInt32().Should().BeNegative("it was measured before the network was formed");
        JsonElement signal = radio.GetProperty("signals").EnumerateArray().Single();
        signal.GetProperty("device").GetString().Should().Be("gsme-01");
        signal.GetProperty("lqi").GetInt32().Should().BeInRange(100, 140);
        signal.GetProperty("rssiDbm").GetInt32().Should().BeInRange(-90, -60);

        CommandRun capture = await CommandRun.OfAsync("han", "capture", evidence, "-o", file, "--json");
        string[][] packets = await TsharkAsync(
            file, "_ws.malformed", "frame.comment", "frame.encap_type", "frame.protocols", "zbee_zcl_se.met.attr_id");

        capture.ExitCode.Should().Be(0, capture.Error);
        JsonElement told = JsonDocument.Parse(capture.Output).RootElement;
        told.GetProperty("unreadable").GetInt32().Should().Be(0);
        packets.Should().HaveCount(told.GetProperty("packets").GetInt32());
        packets.Should().OnlyContain(packet => packet[0].Length == 0 && packet[1].Contains("Rebuilt by DeviceHarness"));
        packets.Should().OnlyContain(packet => packet[3].StartsWith("wpan:zbee_nwk:zbee_aps"));
        packets.Should().Contain(packet => packet[4] == "0x0000,0x0300,0x0301,0x0302", "that is what was asked for");
        packets.Count(packet => packet[4].StartsWith("0x0000")).Should().BeGreaterThanOrEqualTo(4, "each of two reads has its answer");
    }

    private static async Task<string[][]> TsharkAsync(string file, params string[] fields)
    {
        using Process tshark = Process.Start(new ProcessStartInfo(
            "tshark", ["-r", file, "-T", "fields", "-E", "separator=|", .. fields.SelectMany(field => new[] { "-e", field })])
        {
            RedirectStandardOutput = true,
        })!;
        string said = await tshark.StandardOutput.ReadToEndAsync().DefaultTimeout();
        await tshark.WaitForExitAsync().DefaultTimeout();
        tshark.ExitCode.Should().Be(0);
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|'))];
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
