using System.Text.Json;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary><c>harness survey</c>, on a virtual meter of another process at a pseudo-terminal.</summary>
public sealed class SurveyCommandTests
{
    [Fact]
    public async Task A_meter_is_found_by_its_name_and_what_was_found_is_written_and_told()
    {
        using RunFolder folder = new();
        await using HarnessProcess bench = HarnessProcess.Start(
            folder.Path, "bench", "up", "--rig-config", folder.RigConfig, "--data", folder.Data);
        await bench.WaitForLineAsync("serving until Ctrl-C");
        string drafts = Path.Combine(folder.Path, "drafts");

        CommandRun survey = await CommandRun.OfAsync(
            "survey", "esme-01", "--rig-config", folder.RigConfig, "--data", folder.Data, "--out", drafts);
        CommandRun again = await CommandRun.OfAsync(
            "survey", "esme-01", "--rig-config", folder.RigConfig, "--data", folder.Data, "--out", drafts);

        survey.ExitCode.Should().Be(0, survey.Error + survey.Output);
        survey.Output.Should().Contain("HDLC: address 1 at 9600 baud 8N1").And.Contain("firmware: 4.2.0")
            .And.Contain($"wrote {Path.Combine(drafts, "rig-config.yaml")}");
        using JsonDocument found = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(drafts, "survey.json")));
        found.RootElement.GetProperty("port").GetString().Should().EndWith("esme-01");
        again.ExitCode.Should().Be(2, "nothing is written over");
        again.Error.Should().Contain("a folder that is there already");
    }

    [Theory]
    [InlineData("rfc2217:192.0.2.7", "such as tcp:192.0.2.7:4001")]
    [InlineData("nobody", "allowed: the path of a serial port, tcp:<host>:<port>, rfc2217:<host>:<port>")]
    public async Task What_is_no_port_is_refused_with_what_is(string target, string told)
    {
        using RunFolder folder = new();

        CommandRun survey = await CommandRun.OfAsync("survey", target, "--rig-config", folder.RigConfig, "--data", folder.Data);

        survey.ExitCode.Should().Be(2, survey.Output);
        survey.Error.Should().Contain(told);
    }
}
