using System.Diagnostics;
using System.Xml.Linq;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

public sealed class DemoTests
{
    private const string Agent = "agent --rig-config";

    [Fact]
    public async Task The_demo_runs_every_case_on_a_healthy_bench_and_writes_its_reports()
    {
        using RunFolder folder = new();

        await using HarnessProcess demo = await HarnessProcess.RunAsync(folder.Path, "demo", "--rig-config", folder.RigConfig);

        demo.ExitCode.Should().Be(0, $"{demo.Output}\n{demo.Error}");
        string html = folder.Report("*.html");
        XElement suite = XDocument.Parse(folder.Report("*.junit.xml")).Descendants("testsuite").Single();
        int cases = suite.Elements("testcase").Count();
        cases.Should().BeGreaterThanOrEqualTo(10);
        ((int)suite.Attribute("failures")!).Should().Be(0);
        demo.Output.Should().Contain($"{cases} of {cases} in-scope cases passed").And.Contain("Virtual devices");
        demo.Output.Should().Contain("Testing Issues: none");
        html.Should().Contain("Testing Issues: none").And.Contain("SMK-01").And.NotContain("src=\"http").And.NotContain("href=\"http");
        folder.Processes().Should().BeEmpty("a demo leaves no process behind");
        Directory.GetFileSystemEntries(Path.Combine(folder.Run, "data", "bench", "bench-01"))
            .Where(entry => new FileInfo(entry).LinkTarget is not null).Should().BeEmpty("the links to the pseudo-terminals are removed");
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

    /// <summary>A process of a demo, by its command line and by its name; the other one with the large counts.</summary>
    public static TheoryData<string, string> Processes { get; } =
        TestSize.IsLong ? new() { { Agent, "agent" }, { "bench up", "bench" } } : new() { { Agent, "agent" } };

    [Theory]
    [MemberData(nameof(Processes))]
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
}
