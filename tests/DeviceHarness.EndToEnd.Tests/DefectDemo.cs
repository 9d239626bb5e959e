using System.Text.RegularExpressions;
using System.Xml.Linq;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary>A demo with a planted defect: its cases are red, no other, and each has its Testing Issue.</summary>
internal static class DefectDemo
{
    /// <summary>The first few, or with the large counts all.</summary>
    public static TheoryData<string, string, string> Rows((string Pack, string Defect, string Cases)[] each, int inSuite)
    {
        TheoryData<string, string, string> rows = [];
        foreach ((string pack, string defect, string cases) in each.Take(TestSize.Of(inSuite, each.Length)))
        {
            rows.Add(pack, defect, cases);
        }

        return rows;
    }

    /// <summary>Runs it.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="pack">The pack that the demo is to choose.</param>
    /// <param name="defect">What is planted.</param>
    /// <param name="cases">The cases that are red.</param>
    /// <param name="blocked">How many are Blocked: their device is in quarantine.</param>
    public static async Task CheckAsync(RunFolder folder, string pack, string defect, string cases, int blocked = 0)
    {
        await using HarnessProcess demo = await HarnessProcess.RunAsync(
            folder.Path, "demo", "--rig-config", folder.RigConfig, "--defect", defect);

        demo.ExitCode.Should().Be(1, $"{demo.Output}\n{demo.Error}");
        demo.Output.Should().Contain($": {pack} on ", "the demo chooses the pack that shows the defect");
        XElement suite = XDocument.Parse(folder.Report("*.junit.xml")).Descendants("testsuite").Single();
        suite.Elements("testcase").Where(test => test.Element("failure") is not null)
            .Select(test => test.Attribute("name")!.Value.Split(' ', ':')[0]).Should().BeEquivalentTo(cases.Split(' '));
        ((int)suite.Attribute("errors")!).Should().Be(blocked);
        demo.Output.Should().Contain("Testing Issues: ").And.Contain("proposed ").And.Contain(" by 6.2 row ").And.Contain("octets of step")
            .And.NotContain("Testing Issues: none");
        suite.Descendants("failure").Should()
            .OnlyContain(failure => failure.Value.Contains("Testing Issue "), "each failure has its issue");
        bool isKnown = defect.Contains("late-acknowledgement", StringComparison.Ordinal);
        Regex.IsMatch(demo.Output, "110029 \\(known issue, CarriedOver\\)").Should().Be(isKnown);
    }
}
