using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

public sealed class DemoTests
{
    /// <summary>How long the meter may take to answer where it restarts: each restart is noticed by that silence.</summary>
    private const int RestartSeconds = 2;

    [Fact]
    public async Task The_demo_runs_every_case_on_a_healthy_bench_and_writes_its_reports()
    {
        using RunFolder folder = new();

        await using HarnessProcess demo = await HarnessProcess.RunAsync(folder.Path, "demo", "--rig-config", folder.RigConfig);

        demo.ExitCode.Should().Be(0, $"{demo.Output}\n{demo.Error}");
        string html = Report(folder, "*.html");
        XElement suite = XDocument.Parse(Report(folder, "*.junit.xml")).Descendants("testsuite").Single();
        int cases = suite.Elements("testcase").Count();
        cases.Should().BeGreaterThanOrEqualTo(10);
        ((int)suite.Attribute("failures")!).Should().Be(0);
        demo.Output.Should().Contain($"{cases} of {cases} in-scope cases passed").And.Contain("Virtual devices");
        demo.Output.Should().Contain("Testing Issues: none");
        html.Should().Contain("Testing Issues: none").And.Contain("SMK-01").And.NotContain("src=\"http").And.NotContain("href=\"http");
        folder.Processes().Should().BeEmpty("a demo leaves no process behind");
        Directory.GetFileSystemEntries(Path.Combine(Run(folder), "data", "bench", "bench-01"))
            .Where(entry => new FileInfo(entry).LinkTarget is not null).Should().BeEmpty("the links to the pseudo-terminals are removed");
    }

    [Theory]
    [InlineData("wrong-scaler", "SMK-02 LOG-01")]
    [InlineData("no-answer", "SMK-01 SMK-02 SMK-03 SMK-04 SMK-05 SMK-07 LOG-01 LOG-02 LOG-03 ACK-01")]
    [InlineData("stuck-version", "SMK-01")]
    [InlineData("clock-refused", "SMK-03 LOG-03 ACK-01")]
    [InlineData("switch-lies", "SMK-04 ACK-01")]
    [InlineData("log-shifted", "LOG-01")]
    [InlineData("empty-range-error", "LOG-01 LOG-02")]
    [InlineData("event-missing", "LOG-03")]
    [InlineData("late-acknowledgement", "ACK-01")]
    [InlineData("esme-02:late-acknowledgement", "ACK-02")]
    [InlineData("verify-fails", "FW-01 FW-03", "firmware")]
    [InlineData("block-lost", "FW-01 FW-03", "firmware")]
    [InlineData("image-hash-wrong", "FW-01 FW-03", "firmware")]
    [InlineData("activation-lies", "FW-01", "firmware")]
    [InlineData("activation-fails", "FW-01 FW-03", "firmware")]
    public async Task A_planted_defect_turns_its_cases_red_and_no_other(string defect, string cases, string pack = "dmct-smoke")
    {
        using RunFolder folder = pack == "firmware" ? new(RestartSeconds) : defect == "no-answer" ? new(firstDeviceSeconds: 1) : new();

        await using HarnessProcess demo = await HarnessProcess.RunAsync(
            folder.Path, "demo", "--pack", pack, "--rig-config", folder.RigConfig, "--defect", defect);

        demo.ExitCode.Should().Be(1, $"{demo.Output}\n{demo.Error}");
        XElement suite = XDocument.Parse(Report(folder, "*.junit.xml")).Descendants("testsuite").Single();
        suite.Elements("testcase").Where(test => test.Element("failure") is not null)
            .Select(test => test.Attribute("name")!.Value.Split(' ', ':')[0]).Should().BeEquivalentTo(cases.Split(' '));
        ((int)suite.Attribute("errors")!).Should().Be(0);
        demo.Output.Should().Contain("Testing Issues: ").And.Contain("proposed ").And.Contain(" by 6.2 row ").And.Contain("octets of step")
            .And.NotContain("Testing Issues: none");
        suite.Descendants("failure").Should()
            .OnlyContain(failure => failure.Value.Contains("Testing Issue "), "each failure has its issue");
        bool isKnown = defect.EndsWith("late-acknowledgement", StringComparison.Ordinal);
        Regex.IsMatch(demo.Output, "110029 \\(known issue, CarriedOver\\)").Should().Be(isKnown);
    }

    [Fact]
    public async Task Two_cycles_of_a_demo_are_compared_and_the_second_sees_the_issue_of_the_first()
    {
        using RunFolder folder = new();

        await using HarnessProcess demo = await HarnessProcess.RunAsync(
            folder.Path, "demo", "--rig-config", folder.RigConfig, "--defect", "stuck-version", "--cycles", "2");

        demo.ExitCode.Should().Be(1, $"{demo.Output}\n{demo.Error}");
        demo.Output.Should().Contain("TI-0001 (new, New)").And.Contain("TI-0001 (seen before, New)")
            .And.Contain(": like for like").And.Contain("no verdict changed");
    }

    [Fact]
    public async Task Firmware_is_updated_and_put_back_cycle_after_cycle()
    {
        using RunFolder folder = new(RestartSeconds);

        await using HarnessProcess demo = await HarnessProcess.RunAsync(
            folder.Path, "demo", "--pack", "firmware", "--cycles", "2", "--defect", "power-cut", "--rig-config", folder.RigConfig);

        demo.ExitCode.Should().Be(0, $"{demo.Output}\n{demo.Error}");
        demo.Output.Split("Pass rate: 100 % (3 of 3 in-scope cases passed").Should().HaveCount(3, "power that fails in each transfer loses nothing");
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_leaves_no_process_and_says_interrupted()
    {
        using RunFolder folder = new();
        await using HarnessProcess demo = HarnessProcess.Start(folder.Path, "demo", "--rig-config", folder.RigConfig);
        await demo.WaitForLineAsync("[1/");

        demo.Interrupt();
        int code = await demo.WaitForExitAsync();

        code.Should().Be(130, demo.Error);
        folder.Processes().Should().BeEmpty();
    }

    [Fact]
    public async Task A_demo_that_is_killed_takes_its_children_with_it()
    {
        using RunFolder folder = new();
        await using HarnessProcess demo = HarnessProcess.Start(folder.Path, "demo", "--rig-config", folder.RigConfig);
        await demo.WaitForLineAsync("[1/");

        Process[] children = [.. folder.ProcessIds().Where(id => id != demo.Id).Select(Process.GetProcessById)];

        demo.Signal(9);
        await demo.WaitForExitAsync();

        children.Should().HaveCount(3, "orchestrator, bench and agent are processes of their own");
        foreach (Process child in children)
        {
            await child.WaitForExitAsync().DefaultTimeout();
        }
    }

    [Theory]
    [InlineData("agent --rig-config", "agent")]
    [InlineData("bench up", "bench")]
    public async Task A_demo_that_loses_a_process_says_which_and_ends_as_infrastructure(string commandLine, string name)
    {
        using RunFolder folder = new();
        await using HarnessProcess demo = HarnessProcess.Start(folder.Path, "demo", "--rig-config", folder.RigConfig);
        await demo.WaitForLineAsync("[1/");
        int child = folder.ProcessIds().Single(id => File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ').Contains(commandLine));

        using (Process process = Process.GetProcessById(child))
        {
            process.Kill();
        }

        int code = await demo.WaitForExitAsync();
        code.Should().Be(3, demo.Error);
        demo.Error.Should().Contain($"{name} ended with exit code 137").And.Contain($"{name}.log");
        folder.Processes().Should().BeEmpty();
    }

    private static string Run(RunFolder folder) => Directory.GetDirectories(Path.Combine(folder.Path, "runs")).Single();

    private static string Report(RunFolder folder, string pattern) => File.ReadAllText(Directory.GetFiles(Run(folder), pattern).Single());
}
