using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Model;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Library;

/// <summary>Each case that the project's description of DMCT asks for is in a built-in pack, or there is a reason why it is not.</summary>
/// <remarks>Provenance of the ids: the project's guide to DMCT, SRVT and EOC, its sections on firmware (9.3), keys and certificates (9.4),
/// suspended devices (9.5), prepayment and auxiliary load (9.6, where prepayment has no ids: the words are the guide's) and the worked
/// example of April 2020 (12.1), as of November 2026. Copied by hand; a change there is to be made here.</remarks>
public sealed class CasesOfTheProcessTests
{
    private const string None = "";

    private static readonly (string Id, string Case, string Reason)[] Asked =
    [
        ("FW-01", "firmware: FW-01", None),
        ("FW-02", "firmware: FW-02", None),
        ("FW-03", "firmware: FW-03", None),
        ("FW-04", "firmware-order: FW-04", None),
        ("FW-05", "firmware: FW-05", None),
        ("FW-06", "firmware: FW-06-POWER", None),
        ("FW-07", "firmware: FW-07", None),
        ("FW-08", "suspended-devices: SUS-03", None),
        ("FW-09", "firmware-order: FW-09", None),
        ("FW-10", "firmware: FW-10", None),
        ("FW-11", "firmware-ppmid-later: FWL-01", None),
        ("KEY-01", "key-rotation: KEY-01", None),
        ("KEY-02", "key-rotation: KEY-02", None),
        ("KEY-03", "key-rotation: KEY-03", None),
        ("KEY-04", "key-automation: KEY-04", None),
        ("KEY-05", "operator-certificates: KRP-01", None),
        ("KEY-06", "operator-certificates: KRP-02", None),
        ("KEY-07", "operator-certificates-smets2: KRP-S2", None),
        ("KEY-08", "suspended-devices: SUS-05", None),
        ("SUS-01", "suspended-devices: SUS-01", None),
        ("SUS-02", "suspended-devices: SUS-02", None),
        ("SUS-03", "suspended-devices: SUS-03", None),
        ("SUS-04", "suspended-devices: SUS-04", None),
        ("receive and apply a UTRN", "prepayment: PRE-01", None),
        ("duplicate UTRN", "prepayment: PRE-02", None),
        ("foreign UTRN", "prepayment: PRE-03-FOREIGN", None),
        ("corrupted UTRN", "prepayment: PRE-03-MISPRINT", None),
        ("UTRN that is not authentic", "prepayment: PRE-03-FORGED", None),
        ("over-limit UTRN", "prepayment: PRE-03-LIMIT", None),
        ("debt", "prepayment: PRE-04", None),
        ("emergency credit", "prepayment: PRE-05", None),
        ("disconnection without credit", "prepayment: PRE-06", None),
        ("UTRN generation lost on failover", "prepayment: PRE-07", None),
        ("AUX-01", "auxiliary-load: AUX-01", None),
        ("BOOST-01", "auxiliary-load: BOOST-01-7-9", None),
        ("ACK-01", "dmct-smoke: ACK-01", None),
        ("ACK-02", "dmct-smoke: ACK-02", None),
        ("MIX-01", "installation-migration: MIX-01", None),
        ("MIX-02", "installation-migration: MIX-02-dormant", None),
    ];

    public static TheoryData<string> Ids => [.. Asked.Select(row => row.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_case_is_in_a_pack_or_has_a_reason_why_not(string id)
    {
        (_, string place, string reason) = Asked.Single(row => row.Id == id);

        if (place.Length == 0)
        {
            reason.Should().NotBeEmpty();
            PackLibrary.List.SelectMany(pack => pack.Cases).Should().NotContain(
                testCase => testCase.Id == id, "a case that is there needs no reason");
            return;
        }

        string[] parts = place.Split(": ");
        TestCase found = PackLibrary.Find(parts[0])!.Find(parts[1])!;
        found.Should().NotBeNull();
        found.Steps.Should().NotBeEmpty();
        reason.Should().BeEmpty();
    }

    [Fact]
    public void The_srvt_pack_has_each_of_them_that_one_smets1_bench_without_installations_and_radio_can_run()
    {
        TestPack srvt = PackLibrary.Find("srvt")!;

        string[] missing = [.. Asked.Select(row => row.Case).Where(place => place.Length > 0).Select(place => place.Split(": "))
            .Where(parts => srvt.Find(parts[1]) is not { } found || !found.Source.StartsWith(parts[0] + " ", StringComparison.Ordinal))
            .Select(parts => parts[1])];

        missing.Should().Equal("FWL-01", "KRP-S2", "MIX-01", "MIX-02-dormant");
    }

    [Fact]
    public void The_regression_pack_is_the_standard_regression_pack_in_one()
    {
        TestPack regression = PackLibrary.Find("regression")!;

        regression.Includes.Select(included => included.Source).Should().Equal(RegressionLibrary.Names);
        regression.Version.Should().Be(RegressionLibrary.Version);
        regression.Cases.Select(testCase => testCase.Id)
            .Should().Equal(RegressionLibrary.Packs.SelectMany(pack => pack.Cases).Select(testCase => testCase.Id));
    }

    [Theory]
    [InlineData(
        "srvt",
        "dmct-srv dmct-smoke prepayment auxiliary-load operator-certificates key-rotation key-automation suspended-devices firmware "
            + "firmware-order")]
    [InlineData("eoc", "dmct-smoke dmct-srv commissioning prepayment operator-certificates suspended-devices firmware")]
    [InlineData("dmct-migration-dormant", "dmct-srv migration commissioning dmct-srv")]
    [InlineData("security-negative", "dmct-srv firmware prepayment operator-certificates key-rotation")]
    public void A_pack_of_packs_takes_the_texts_of_the_others_as_they_are(string name, string packs)
    {
        TestPack pack = PackLibrary.Find(name)!;

        pack.Includes.Select(included => included.Name).Should().Equal(packs.Split(' '));
        pack.Includes.Should().OnlyContain(included => included.Hash == PackLibrary.Find(included.Name)!.Hash && included.Cases > 0);
    }

    [Fact]
    public void The_dormant_meter_is_the_one_under_test_of_its_pack()
    {
        TestPack pack = PackLibrary.Find("dmct-migration-dormant")!;

        IEnumerable<TestCase> others = pack.Cases.Where(testCase =>
            testCase.Needs.First(need => need.Role == testCase.Device).Device != "esme-02");

        others.Select(testCase => testCase.Id).Should().Equal("MIG-02", "COM-04");
    }
}
