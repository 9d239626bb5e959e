using System.Text.Json;
using System.Xml.Linq;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

public sealed class ThreeTerminalsTests
{
    private const string ReadFirmwareVersion =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <d:Request xmlns:d="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.1">
          <!-- written by hand, with a prefix of its own -->
          <d:Header>
            <d:RequestID>90-b3-d5-1f-30-01-00-01:90-b3-d5-1f-30-00-00-a0:4102444800000</d:RequestID>
            <d:CommandVariant>1</d:CommandVariant>
            <d:ServiceReference>11.2</d:ServiceReference>
            <d:ServiceReferenceVariant>11.2</d:ServiceReferenceVariant>
          </d:Header>
          <d:Body><d:ReadFirmwareVersion/></d:Body>
        </d:Request>
        """;

    // A token that no meter takes.
    private static readonly string WrongTopUp = ReadFirmwareVersion
        .Replace("4102444800000", "4102444800001", StringComparison.Ordinal)
        .Replace("11.2", "2.2", StringComparison.Ordinal)
        .Replace(
            "<d:ReadFirmwareVersion/>", $"<d:TopUpDevice><d:UTRN>{new string('7', 20)}</d:UTRN></d:TopUpDevice>", StringComparison.Ordinal);

    [Fact]
    public async Task Bench_agent_and_orchestrator_find_each_other_and_serve_every_command()
    {
        using RunFolder folder = new();
        string[] data = ["--data", folder.Data];
        await using HarnessProcess orchestrator = HarnessProcess.Start(
            folder.Path, ["orchestrator", "--listen", "127.0.0.1:0", .. data]);
        await orchestrator.WaitForLineAsync("orchestrator at");
        await using HarnessProcess bench = HarnessProcess.Start(folder.Path, ["bench", "up", "--rig-config", folder.RigConfig, .. data]);
        await bench.WaitForLineAsync("serving until Ctrl-C");
        await using HarnessProcess agent = HarnessProcess.Start(folder.Path, ["agent", "--rig-config", folder.RigConfig, .. data]);
        await agent.WaitForLineAsync("is connected to");

        await using HarnessProcess run = await HarnessProcess.RunAsync(
            folder.Path, ["run", "dmct-smoke", "--rig", "bench-01", "--cycles", "2", .. data]);
        string request = Path.Combine(folder.Path, "request.xml");
        await File.WriteAllTextAsync(request, ReadFirmwareVersion);
        await using HarnessProcess send = await HarnessProcess.RunAsync(folder.Path, ["send", request, .. data]);
        await File.WriteAllTextAsync(request, WrongTopUp);
        CommandRun refused = await CommandRun.OfAsync(["send", request, .. data]);
        CommandRun cycles = await CommandRun.OfAsync(["cycles", "--json", .. data]);
        CommandRun rigs = await CommandRun.OfAsync(["rigs", .. data]);
        CommandRun inventory = await CommandRun.OfAsync(["rigs", "--json", .. data]);
        CommandRun plan = await CommandRun.OfAsync(
            ["run", "dmct-smoke", "--plan", "--only", "SMK-02", "--rig-config", folder.RigConfig, "--json", .. data]);
        CommandRun live = await CommandRun.OfAsync(["firmware", "devices", "--live", "--rig-config", folder.RigConfig, .. data]);
        CommandRun watch = await CommandRun.OfAsync(["watch", .. data]);
        await using HarnessProcess report = await HarnessProcess.RunAsync(
            folder.Path, ["report", "cycle", "--format", "junit", "-o", "-", .. data]);

        run.ExitCode.Should().Be(0, $"{run.Output}\n{run.Error}");
        send.ExitCode.Should().Be(0, send.Error);
        XDocument.Parse(send.Output).Descendants()
            .Single(element => element.Name.LocalName == "FirmwareVersion").Value.Should().Be("4.2.0");
        refused.ExitCode.Should().Be(1, refused.Error);
        refused.Output.Should().Contain("MessageSuccess=\"false\"");
        refused.Error.Should().Contain("the device refused it; device code 250: ");
        using JsonDocument list = JsonDocument.Parse(cycles.Output);
        list.RootElement.GetProperty("cycles").GetArrayLength().Should().Be(2);
        rigs.Output.Should().Contain("bench-01").And.Contain("online").And.Contain("healthy").And.Contain("esme-01")
            .And.Contain("no USB timer (pty)");
        using JsonDocument shown = JsonDocument.Parse(inventory.Output);
        shown.RootElement.GetProperty("rigs")[0].GetProperty("devices")[0].GetProperty("adapter").GetProperty("text").GetString()
            .Should().Be("no USB timer (pty)");
        using JsonDocument planned = JsonDocument.Parse(plan.Output);
        planned.RootElement.GetProperty("cases")[0].GetProperty("steps")[0].GetProperty("estimate").GetProperty("source").GetString()
            .Should().Be("Measured", "the pack was run on this rig before");
        live.ExitCode.Should().Be(0, live.Error);
        live.Output.Should().Contain("esme-01, esme-mute, esme-02");
        watch.ExitCode.Should().Be(0, watch.Error);
        XDocument.Parse(report.Output).Descendants("testcase").Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_failure_is_followed_from_the_list_of_issues_to_a_confirmed_severity()
    {
        using RunFolder folder = new();
        string[] data = ["--data", folder.Data];
        await using HarnessProcess orchestrator = HarnessProcess.Start(
            folder.Path, ["orchestrator", "--listen", "127.0.0.1:0", .. data]);
        await orchestrator.WaitForLineAsync("orchestrator at");
        await using HarnessProcess bench = HarnessProcess.Start(
            folder.Path, ["bench", "up", "--rig-config", folder.RigConfig, "--defect", "switch-lies", .. data]);
        await bench.WaitForLineAsync("serving until Ctrl-C");
        await using HarnessProcess agent = HarnessProcess.Start(folder.Path, ["agent", "--rig-config", folder.RigConfig, .. data]);
        await agent.WaitForLineAsync("is connected to");
        CommandRun before = await CommandRun.OfAsync(["issues", .. data]);
        await using HarnessProcess run = await HarnessProcess.RunAsync(
            folder.Path, ["run", "dmct-smoke", "--only", "SMK-01", "--only", "SMK-04", "--cycles", "2", .. data]);
        CommandRun cycles = await CommandRun.OfAsync(["cycles", "--json", .. data]);
        using JsonDocument list = JsonDocument.Parse(cycles.Output);
        string[] ids = [.. list.RootElement.GetProperty("cycles").EnumerateArray().Select(cycle => cycle.GetProperty("id").GetString()!)];

        CommandRun issues = await CommandRun.OfAsync(["issues", .. data]);
        CommandRun confirm = await CommandRun.OfAsync(
            ["issue", "confirm", "TI-0001", "--severity", "2", "--forum", "TAB", "--by", "A. Tester", "--reason", "no effect", .. data]);
        CommandRun closed = await CommandRun.OfAsync(
            ["issue", "confirm", "TI-0001", "--state", "Closed", "--reason", "too early", .. data]);
        CommandRun link = await CommandRun.OfAsync(
            ["issue", "link", "TI-0001", "--cycle", ids[0], "--case", "SMK-04", "--reason", "again", .. data]);
        CommandRun nothing = await CommandRun.OfAsync(["issue", "link", "TI-0001", "--cycle", ids[0], "--reason", "again", .. data]);
        CommandRun show = await CommandRun.OfAsync(["issue", "show", "TI-0001", "--json", .. data]);
        CommandRun compare = await CommandRun.OfAsync(["compare", ids[1], ids[0], .. data]);
        await using HarnessProcess report = await HarnessProcess.RunAsync(folder.Path, ["report", "cycle", "no-such-cycle", .. data]);

        before.Output.Should().Contain("Testing Issues: none");
        run.ExitCode.Should().Be(1, $"{run.Output}\n{run.Error}");
        issues.Output.Should().Contain("TI-0001").And.Contain("not set").And.Contain("6.2 row");
        confirm.Output.Should().Contain("State: Triaged").And.Contain("severity: 2").And.Contain("A. Tester (TAB): no effect");
        closed.ExitCode.Should().Be(2, "the bench has no part in it");
        closed.Error.Should().Contain("Closed does not follow Triaged");
        link.ExitCode.Should().Be(0, link.Error);
        nothing.ExitCode.Should().Be(2, nothing.Error);
        using JsonDocument shown = JsonDocument.Parse(show.Output);
        shown.RootElement.GetProperty("issue").GetProperty("severity").GetInt32().Should().Be(2);
        shown.RootElement.GetProperty("sightings").GetArrayLength().Should().Be(2);
        shown.RootElement.GetProperty("sightings")[0].GetProperty("time").GetDateTime().Kind.Should().Be(DateTimeKind.Utc);
        shown.RootElement.GetProperty("exchange").GetProperty("octets").GetArrayLength().Should().BeGreaterThan(0);
        shown.RootElement.GetProperty("rates")[0].GetProperty("seen").GetInt32().Should().Be(2);
        report.ExitCode.Should().Be(2, report.Error);
        Directory.EnumerateFiles(folder.Path, "*.partial").Should().BeEmpty();
        compare.Output.Should().Contain("like for like").And.Contain("1 of 2 in-scope cases passed (50 %)");
    }

    [Fact]
    public async Task A_request_that_is_no_service_request_is_refused_with_path_and_line()
    {
        using RunFolder folder = new();
        string request = Path.Combine(folder.Path, "request.xml");
        await File.WriteAllTextAsync(
            request, ReadFirmwareVersion.Replace("ReadFirmwareVersion/", "ReadSupplyStatus/", StringComparison.Ordinal));

        await using HarnessProcess send = await HarnessProcess.RunAsync(
            folder.Path, "send", request, "--virtual", "--rig-config", folder.RigConfig);

        send.ExitCode.Should().Be(2, $"{send.Output}\n{send.Error}");
        send.Error.Should().Contain("/Request/Body").And.Contain("line 10");
        folder.Processes().Should().BeEmpty();
    }

    [Fact]
    public async Task A_second_orchestrator_on_the_same_data_folder_is_refused()
    {
        using RunFolder folder = new();
        await using HarnessProcess first = HarnessProcess.Start(
            folder.Path, "orchestrator", "--listen", "127.0.0.1:0", "--data", folder.Data);
        await first.WaitForLineAsync("orchestrator at");

        await using HarnessProcess second = await HarnessProcess.RunAsync(
            folder.Path, "orchestrator", "--listen", "127.0.0.1:0", "--data", folder.Data);

        second.ExitCode.Should().Be(3);
        second.Error.Should().Contain("an orchestrator already runs");
    }
}
