using System.Text.RegularExpressions;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.SelfTest;

/// <summary>The matrix that comes with the harness, against the switches and the packs that there are. Nothing is run here.</summary>
public sealed class DetectionMatrixTests
{
    // An image that the meter does not find sound, whatever the reason; and a hub that is silent, for ten seconds or for good.
    private static readonly string[] Twins = ["block-lost image-hash-wrong verify-fails", "hub:late-answer hub:no-answer"];

    private static readonly DetectionMatrix Matrix = DetectionMatrix.Committed;
    private static readonly SelfTestSuite Suite = SelfTestSuite.Read(RepositoryRoot.Path);

    [Fact]
    public void Every_switch_of_the_bench_has_its_row()
    {
        Matrix.Rows.Select(row => row.Defect).Should().BeEquivalentTo(
            DefectSwitch.All, "after a new switch: harness selftest --write src/DeviceHarness.Agent/SelfTest/detection-matrix.json");
    }

    [Fact]
    public void A_defect_that_no_case_catches_is_listed_with_a_reason_and_the_test_that_does()
    {
        string[] uncaught = [.. Matrix.Rows.Where(row => row.Marks.Count == 0).Select(row => row.Defect.ToString())];

        DetectionMatrix.Elsewhere.Select(one => one.Defect).Should().BeEquivalentTo(uncaught);
        DetectionMatrix.Elsewhere.Should().OnlyContain(one => one.Reason.Length > 20);
    }

    [Fact]
    public void The_test_that_catches_a_defect_elsewhere_is_there_and_plants_it()
    {
        foreach (CaughtElsewhere one in DetectionMatrix.Elsewhere)
        {
            string[] place = one.Test.Split(": ");
            string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests", $"DeviceHarness.{place[0]}.cs"));
            string name = one.Defect.Split(':')[^1];
            string flag = string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

            text.Should().Contain($" {place[1]}(", one.Defect);
            text.Should().MatchRegex($@"""{Regex.Escape(name)}[:""]|Defects\.{flag}\b", one.Defect);
        }
    }

    [Fact]
    public void Each_mark_is_a_step_of_a_case_that_the_self_test_runs()
    {
        Dictionary<string, SelfTestCase> cases = Suite.Cases.ToDictionary(testCase => testCase.Name);

        Matrix.Rows.SelectMany(row => row.Marks).Should().NotBeEmpty().And.OnlyContain(mark => cases.ContainsKey(mark.Case));
        foreach (DetectionRow row in Matrix.Rows)
        {
            row.Marks.Where(mark => !cases[mark.Case].MayShow(row.Defect)).Should().BeEmpty(row.Defect.ToString());
        }
    }

    [Fact]
    public void Verdicts_tell_every_defect_that_is_caught_from_every_other_but_the_twins()
    {
        IEnumerable<string> twins = Matrix.Twins.Select(group => string.Join(' ', group));

        twins.Should().BeEquivalentTo(Twins);
    }

    [Fact]
    public void The_probes_tell_defects_apart_as_all_cases_do()
    {
        HashSet<string> probes = [.. Matrix.Probes()];

        IEnumerable<string> seen = Matrix.Rows.Where(row => row.Marks.Count > 0).Select(row => string.Join('|', row.Among(probes)));

        seen.Should().NotContain(string.Empty);
        seen.Distinct().Should().HaveCount(
            Matrix.Rows.Count(row => row.Marks.Count > 0) - Matrix.Twins.Sum(group => group.Count - 1));
    }

    [Fact]
    public void A_matrix_is_read_as_it_was_written()
    {
        DetectionMatrix again = DetectionMatrix.Parse(Matrix.ToJson());

        again.ToJson().Should().Be(Matrix.ToJson());
        again.Rows.Select(row => row.Marks.Count).Should().Equal(Matrix.Rows.Select(row => row.Marks.Count));
    }
}
