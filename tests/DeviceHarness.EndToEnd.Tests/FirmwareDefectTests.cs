using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary>Defects of the packs with firmware through separate processes: one in the suite, every one with the large counts. In one
/// process the self-test holds every one.</summary>
public sealed class FirmwareDefectTests
{
    private const string EachThatActivates = "FW-01 FW-03 FW-06 FW-06-POWER FW-07 FW-08 FW-10";

    private static readonly (string Defect, string Cases)[] Each =
    [
        ("activation-lies", "FW-01"),
        ("block-lost", EachThatActivates),
        ("verify-fails", EachThatActivates),
        ("image-hash-wrong", EachThatActivates),
        ("activation-fails", EachThatActivates),
        ("lost-response:times=1", "SUS-02"),
        ("before-mp105", "SUS-04"),
    ];

    public static TheoryData<string, string> Defects { get; } = DefectDemo.Rows(Each, inSuite: 1);

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task A_planted_defect_turns_its_cases_red_and_no_other(string defect, string cases)
    {
        using RunFolder folder = new(RunFolder.RestartSeconds);
        string pack = cases.StartsWith("SUS", StringComparison.Ordinal) ? "suspended-devices" : "firmware";

        await DefectDemo.CheckAsync(folder, pack, defect, cases);
    }
}
