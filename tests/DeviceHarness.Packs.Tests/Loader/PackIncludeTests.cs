using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Loader;

public sealed class PackIncludeTests
{
    private const string OwnRequest = "{ srv: 4.1.1 }";

    private const string File = "rigs/own.pack.yaml";

    private static readonly string Quick = Pack("quick", """
          - { id: A-1, title: One, device: esme, srv: 4.1.1, tags: [ day ], steps: [ { request: { srv: 4.1.1 } } ] }
          - { id: A-2, title: Two, device: esme, srv: 4.1.1, tags: [ night ], steps: [ { request: { srv: 4.1.1 } } ] }
          - id: A-3
            for-each: { name: role, in: [ IS, ED ] }
            title: As ${role}
            device: esme
            srv: 4.1.1
            steps: [ { request: { srv: 4.1.1, role: "${role}" } } ]
        """);

    private static readonly string Slow = Pack("slow", "  - include: ../shared/quick.pack.yaml\n    only: [ A-2 ]\n");

    [Theory]
    [InlineData("- include: shared/quick.pack.yaml", "A-1 A-2 A-3-IS A-3-ED OWN")]
    [InlineData("- { include: shared/quick.pack.yaml, only: [ A-3 ] }", "A-3-IS A-3-ED OWN")]
    [InlineData("- { include: ./shared/quick.pack.yaml, only: [ A-1 ], tags: [ night ], prefix: Q- }", "Q-A-1 Q-A-2 OWN")]
    [InlineData("- include: other/slow.pack.yaml", "A-2 OWN")]
    public void Cases_of_another_pack_come_whole_or_by_id_and_tag(string include, string cases)
    {
        TestPack pack = Require(Bundle(include));

        pack.Cases.Select(testCase => testCase.Id).Should().Equal(cases.Split(' '));
        pack.Cases[0].Source.Should().Be("quick 1");
        pack.Cases[^1].Source.Should().BeEmpty();
        pack.Includes.Should().ContainSingle().Which.Cases.Should().Be(cases.Split(' ').Length - 1);
    }

    [Fact]
    public void The_frozen_text_needs_no_other_file_and_its_hash_knows_the_included_pack()
    {
        PackBundle bundle = Bundle("- include: other/slow.pack.yaml");

        TestPack again = PackLoader.Load(bundle.Text, "frozen");
        string changed = bundle.Text.Replace("title: Two", "title: Too", StringComparison.Ordinal);

        again.Cases.Select(testCase => testCase.Id).Should().Equal("A-2", "OWN");
        new PackBundle(bundle.Text, "frozen").Text.Should().Be(bundle.Text);
        TestPack.HashOf(changed).Should().NotBe(again.Hash);
    }

    [Theory]
    [InlineData("- include: shared/none.pack.yaml", "own.pack.yaml", "cases[0].include PACK-014")]
    [InlineData("- { include: shared/quick.pack.yaml, only: [ A-9 ] }", "own.pack.yaml", "cases[0].only[0] PACK-014")]
    [InlineData("- { include: shared/quick.pack.yaml, tags: [ noon ] }", "own.pack.yaml", "cases[0].tags[0] PACK-014")]
    [InlineData("- { include: shared/quick.pack.yaml, prefix: 1- }", "own.pack.yaml", "cases[0].prefix CONF-004")]
    [InlineData("- { include: shared/quick.pack.yaml, id: A }", "own.pack.yaml", "cases[0].id CONF-003")]
    [InlineData("- { include: shared/quick.pack.yaml, parameters: { a: 1 } }", "own.pack.yaml", "cases[0].parameters.a PACK-016")]
    [InlineData("- { include: shared/quick.pack.yaml, needs: { esme: none } }", "own.pack.yaml", "cases[0].needs.esme PACK-006")]
    [InlineData("- { include: shared/quick.pack.yaml, needs: { meter: esme } }", "own.pack.yaml", "cases[0].needs.meter PACK-006")]
    [InlineData("- include: circle.pack.yaml", "circle.pack.yaml", "cases[0].include PACK-015")]
    [InlineData("- include: broken.pack.yaml", "broken.pack.yaml", "kind CONF-004")]
    public void What_is_wrong_is_told_with_its_place(string include, string file, string fault)
    {
        PackBundle bundle = Bundle(include);

        PackReading reading = PackLoader.Check(bundle.Text, File);

        reading.Faults.Select(found => $"{Path.GetFileName(found.File)} {found.Key} {found.Code}").Should().Equal($"{file} {fault}");
    }

    [Fact]
    public void The_same_pack_twice_needs_a_prefix()
    {
        const string Twice = "- { include: shared/quick.pack.yaml, only: [ A-1 ] }\n  - { include: shared/quick.pack.yaml, only: [ A-1 ]";

        PackLoader.Check(Bundle(Twice + " }").Text, File).Faults.Select(found => $"{found.Key} {found.Code}")
            .Should().Equal("cases[1].include PACK-005");
        Require(Bundle(Twice + ", prefix: B- }")).Cases.Select(testCase => testCase.Id).Should().Equal("A-1", "B-A-1", "OWN");
    }

    [Fact]
    public void An_included_case_binds_its_devices_by_the_needs_of_its_own_pack()
    {
        TestPack pack = Require(Bundle("- include: dmct-srv\n    only: [ SILENT ]"));

        pack.Cases[0].Needs.Should().Contain(need => need.Device == "esme-mute");
        pack.Cases[^1].Needs.Should().ContainSingle().Which.Device.Should().BeNull();
        pack.Needs.Select(need => need.Role).Should().Contain(["esme", "mute"]);
    }

    [Fact]
    public void A_role_of_the_including_pack_takes_the_place_of_one_of_the_included()
    {
        PackBundle bundle = Bundle("- { include: shared/quick.pack.yaml, needs: { esme: esme } }");
        string text = bundle.Text.Replace(
            "  esme: ESME\ncases:\n  - { include", "  esme: { type: ESME, device: esme-02, facts: [ a ] }\ncases:\n  - { include",
            StringComparison.Ordinal);

        TestPack pack = PackLoader.Load(text, File);

        pack.Cases.Should().OnlyContain(testCase => testCase.Needs[0].Device == "esme-02" && testCase.Needs[0].Facts[0] == "a");
    }

    private static TestPack Require(PackBundle bundle)
    {
        PackReading reading = PackLoader.Check(bundle.Text, File);
        reading.Faults.Should().BeEmpty();
        return reading.Pack!;
    }

    private static PackBundle Bundle(string include)
    {
        PackBundle bundle = new(Pack("own", $"""
              {include}
              - id: OWN
                title: Its own
                device: esme
                srv: 4.1.1
                steps:
                  - request: {OwnRequest}
            """), File);
        while (bundle.Wanted() is { } wanted)
        {
            bundle.Add(wanted, wanted switch
            {
                "shared/quick.pack.yaml" => Quick,
                "other/slow.pack.yaml" => Slow,
                "circle.pack.yaml" => Pack("circle", "  - include: circle.pack.yaml\n"),
                "broken.pack.yaml" => Quick.Replace("kind: smoke", "kind: fast", StringComparison.Ordinal),
                _ => PackLibrary.FindText(wanted),
            });
        }

        return bundle;
    }

    private static string Pack(string name, string cases) => $"""
        pack: {name}
        title: A pack
        version: "1"
        kind: smoke
        owner: tests
        budget: 5m
        purpose: For tests.
        needs:
          esme: ESME
        cases:

        """ + cases;
}
