using System.Text.RegularExpressions;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

/// <summary>Each defect of the virtual meter, and who catches it: a test by its file and name, and where a built-in pack shows it, its
/// cases. A defect that nobody catches, a test that is gone or no longer plants it, and a case that is gone are found here.</summary>
public sealed class EveryDefectIsCaughtTests
{
    private const string Verdicts = "Agent.Tests/Bench/PlantedDefectVerdictsTests: A_defect_turns_its_cases_red_and_no_other";
    private const string Firmware = "Agent.Tests/Firmware/FirmwareServiceTests: ";
    private const string Lines = "Agent.Tests/Bench/LineDefectsTests: ";
    private const string OwnStep = Firmware + "A_defect_of_the_meter_shows_at_its_own_step";
    private const string Unchecked = Firmware + "FW_05_an_image_that_was_not_checked_is_judged_by_the_meter";

    private const string OwnCase = "Agent.Tests/SelfTest/OwnCaseTests: A_defect_turns_the_case_red_that_is_there_for_it";

    private const string Misbehaving =
        "Agent.Tests/Survey/PortSurveyTests: A_meter_that_misbehaves_is_told_with_its_reason_and_what_was_seen_is_drafted";

    private const string Delivering = "firmware: FW-01 FW-03 FW-06 FW-06-POWER FW-07 FW-08 FW-10";

    private static readonly (string Defect, string Test, string Cases)[] Catches =
    [
        ("wrong-scaler", Verdicts, "dmct-smoke: SMK-02 LOG-01"),
        ("no-answer", Verdicts, "dmct-smoke: SMK-01 SMK-02 SMK-03 SMK-04 SMK-05 SMK-07 LOG-01 LOG-02 LOG-03 ACK-01"),
        ("stuck-version", Verdicts, "dmct-smoke: SMK-01"),
        ("clock-refused", Verdicts, "dmct-smoke: SMK-03 LOG-03 ACK-01"),
        ("switch-lies", Verdicts, "dmct-smoke: SMK-04 ACK-01"),
        ("log-shifted", Verdicts, "dmct-smoke: LOG-01"),
        ("empty-range-error", Verdicts, "dmct-smoke: LOG-01 LOG-02"),
        ("event-missing", Verdicts, "dmct-smoke: LOG-03"),
        ("verify-lies", Unchecked, "firmware: FW-05 FW-05-MODEL FW-05-HARDWARE FW-10"),
        ("wrong-image-accepted", Unchecked, "firmware: FW-05-MODEL FW-05-HARDWARE FW-10"),
        ("verify-fails", OwnStep, Delivering),
        ("block-lost", OwnStep, Delivering),
        ("activation-fails", OwnStep, Delivering),
        ("image-hash-wrong", Firmware + "A_meter_that_tells_another_hash_is_not_activated", Delivering),
        ("activation-lies", Firmware + "A_meter_that_lies_about_its_activation_is_found_by_its_version", "firmware: FW-01"),
        ("phantom-image", Firmware + "A_meter_that_claims_an_image_it_never_held_is_found_by_the_code", "firmware: FW-02"),
        (
            "resume-forgets",
            Firmware + "FW_06_an_interrupted_transfer_goes_on_unless_the_meter_forgets_its_blocks",
            "firmware: FW-06 FW-06-POWER"
        ),
        ("power-cut", Firmware + "FW_06_a_power_cut_half_way_is_resumed", ""),
        ("tamper-lost", "Agent.Tests/Bench/BenchAlertsTests: A_cover_that_was_off_is_told_and_logged", "alerts: ALR-04"),
        ("alert-lost", "Agent.Tests/Bench/BenchAlertsTests: With_the_defect_alert_lost_the_case_is_red", "alerts: ALR-01 ALR-02"),
        (
            "auxiliary-disturbed", "Agent.Tests/Bench/AuxiliaryLoadCaseTests: A_new_tariff_that_disturbs_the_load_is_found",
            "auxiliary-load: AUX-01"
        ),
        (
            "late-answer",
            Lines + "A_late_answer_is_no_answer_although_the_command_was_carried_out_and_is_never_taken_for_the_next_one",
            "dmct-smoke: SMK-01 SMK-02 SMK-03 SMK-04 SMK-05 SMK-07 LOG-01 LOG-02 LOG-03 ACK-01"
        ),
        ("fcs-garbled", Lines + "A_garbled_checksum_costs_a_poll_each_time_and_no_value", ""),
        ("rlre-wrong-length", Lines + "A_release_with_a_wrong_length_is_told_and_the_association_is_over_all_the_same", ""),
        ("block-number-off", Lines + "A_block_number_that_is_off_ends_the_read_and_is_never_put_in_its_place", ""),
        (
            "invocation-counter-reset",
            "Agent.Tests/Bench/SecuredMeterTests: A_meter_whose_counters_were_reset_by_a_power_cut_is_found_out", ""
        ),
        (
            "wrong-tag",
            "Agent.Tests/Bench/SecuredMeterTests: A_wrong_tag_of_an_open_association_breaks_the_protocol_and_spends_no_attempt", ""
        ),
        (
            "hub-power-cut", "Agent.Tests/Power/HubSupplyCaseTests: An_activation_that_starves_the_hub_is_seen_at_its_terminal",
            "firmware: FW-07"
        ),
        (
            "bricked-by-power-cut",
            "Agent.Tests/Firmware/BlockPowerCutTests: " +
                "A_meter_that_never_starts_again_is_silent_and_nothing_is_said_of_its_version",
            "firmware: FW-08"
        ),
        (
            "unconfirmed-key-rotation",
            "Agent.Tests/Bench/KeyRotationRigTests: " +
                "Without_a_confirmation_the_first_case_fails_as_110031_and_the_meter_is_found_with_the_new_key",
            "key-rotation: KEY-01 KEY-02"
        ),
        ("token-taken-twice", OwnCase, "prepayment: PRE-02"),
        ("token-not-credited", OwnCase, "prepayment: PRE-01"),
        ("foreign-token-taken", OwnCase, "prepayment: PRE-03-FOREIGN"),
        ("misprint-taken", OwnCase, "prepayment: PRE-03-MISPRINT"),
        ("forged-token-taken", OwnCase, "prepayment: PRE-03-FORGED"),
        ("token-limit-ignored", OwnCase, "prepayment: PRE-03-LIMIT"),
        ("debt-not-recovered", OwnCase, "prepayment: PRE-04"),
        ("emergency-credit-refused", OwnCase, "prepayment: PRE-05"),
        ("supply-on-without-credit", OwnCase, "prepayment: PRE-06"),
        ("rotation-lies", OwnCase, "key-rotation: KEY-01 KEY-02 KEY-03"),
        ("upgrade-path-ignored", OwnCase, "firmware-order: FW-09"),
        ("dated-activation-early", OwnCase, "firmware-order: FW-04"),
        ("cancel-ignored", OwnCase, "firmware-order: FW-04"),
        ("list-cut-short", Misbehaving, ""),
        ("list-without-end", Misbehaving, ""),
    ];

    public static TheoryData<string> Defects => [.. Catches.Select(row => row.Defect)];

    [Fact]
    public void Each_defect_has_somebody_who_catches_it()
    {
        Catches.Select(row => row.Defect).Should().BeEquivalentTo(EsmeDefectNames.All.Keys).And.OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(Defects))]
    public void Who_catches_it_is_a_test_that_plants_it(string defect)
    {
        string[] place = Catches.Single(row => row.Defect == defect).Test.Split(": ");
        string file = Path.Combine(RepositoryRoot.Path, "tests", $"DeviceHarness.{place[0]}.cs");

        string test = TestOf(File.ReadAllText(file), place[1]);

        test.Should().MatchRegex(@"\[(Fact|Theory)\]")
            .And.MatchRegex($@"""{Regex.Escape(defect)}""|EsmeDefects\.{EsmeDefectNames.All[defect]}\b");
    }

    [Theory]
    [MemberData(nameof(Defects))]
    public void The_cases_that_show_it_are_cases_of_a_built_in_pack(string defect)
    {
        string[] cases = Catches.Single(row => row.Defect == defect).Cases.Split(": ");
        if (cases.Length == 2)
        {
            IEnumerable<string> ids = PackLoader.Load(PackLibrary.Find(cases[0])!.Text, cases[0]).Cases.Select(testCase => testCase.Id);

            ids.Should().Contain(cases[1].Split(' '));
        }
        else
        {
            cases.Should().Equal([string.Empty], "a test alone catches it");
        }
    }

    /// <summary>A test from its attributes to its last brace.</summary>
    private static string TestOf(string text, string name)
    {
        int head = text.IndexOf($" {name}(", StringComparison.Ordinal);
        head.Should().BePositive($"there is a test {name}");
        int start = text.LastIndexOf("\n\n", head, StringComparison.Ordinal);
        int end = text.IndexOf("\n    }\n", head, StringComparison.Ordinal);
        return text[start..end];
    }
}
