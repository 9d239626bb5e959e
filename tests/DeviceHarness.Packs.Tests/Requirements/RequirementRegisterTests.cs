using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Requirements;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Requirements;

/// <summary>Requirement, case and reason: what wants a case has one, or says why not.</summary>
public sealed class RequirementRegisterTests
{
    private static readonly string[] Sections = ["A2", "A4", "A5", "A6", "A7", "B2", "B3", "C3", "D1", "D2", "D3", "D5", "E"];

    [Fact]
    public void Each_requirement_has_its_number_once_and_is_of_a_section_that_is_cited()
    {
        RequirementRegister.Requirements.Should().HaveCount(199);
        RequirementRegister.Requirements.Select(row => row.Item).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        RequirementRegister.Requirements.Select(row => row.Section).Distinct().Should().Equal(Sections);
        RequirementRegister.Requirements.Should().OnlyContain(row => row.Text.Length > 0);
    }

    [Fact]
    public void What_wants_a_case_has_one_or_a_reason()
    {
        IEnumerable<int> wanting = RequirementRegister.Requirements.Where(row => row.WantsCase).Select(row => row.Item);

        RequirementRegister.Proofs.Select(proof => proof.Item).Should().Equal(wanting);
        RequirementRegister.Proofs.Should().OnlyContain(proof => proof.Cases.Count > 0 || proof.Gap.Length > 10);
    }

    [Fact]
    public void Each_case_that_is_named_is_a_case_of_a_built_in_pack()
    {
        foreach (string name in RequirementRegister.Proofs.SelectMany(proof => proof.Cases))
        {
            string[] parts = name.Split(' ');
            TestPack? pack = PackLibrary.Find(parts[0]);

            pack.Should().NotBeNull(name);
            pack!.Cases.Should().Contain(testCase => testCase.IsCalled(parts[1]), name);
        }
    }

    [Fact]
    public void Each_test_that_is_named_is_there()
    {
        foreach (string name in RequirementRegister.Proofs.SelectMany(proof => proof.Tests))
        {
            string[] place = name.Split(": ");
            string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests", $"DeviceHarness.{place[0]}.cs"));

            text.Should().Contain($" {place[1]}(", name);
        }
    }

    [Fact]
    public void A_case_knows_what_it_shows()
    {
        TestCase rotated = PackLibrary.Find("key-rotation")!.Find("KEY-02")!;
        TestCase row = PackLibrary.Find("dmct-srv")!.Cases.First(testCase => testCase.IsCalled("SUSPENDED"));

        RequirementRegister.ShownBy("key-rotation", rotated).Should().Equal(83, 84, 85);
        RequirementRegister.ShownBy("dmct-srv", row).Should().Equal(351);
        RequirementRegister.ShownBy("dmct-smoke", rotated).Should().BeEmpty();
    }
}
