using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary>Defects of the packs with firmware through separate processes: one of the meter and one of the service in the suite,
/// every one with the large counts. In one process the agent's tests hold every one.</summary>
public sealed class FirmwareDefectTests
{
    private static readonly (string Defect, string Cases)[] Each =
    [
        ("activation-lies", "FW-01"),
        ("block-lost", "FW-01 FW-03 FW-06 FW-06-POWER FW-07 FW-08"),
        ("verify-fails", "FW-01 FW-03 FW-06 FW-06-POWER FW-07 FW-08"),
        ("image-hash-wrong", "FW-01 FW-03 FW-06 FW-06-POWER FW-07 FW-08"),
        ("activation-fails", "FW-01 FW-03 FW-06 FW-06-POWER FW-07 FW-08"),
    ];

    private static readonly (string Defect, string Cases)[] EachOfTheService =
    [
        ("lost-response:times=1", "SUS-02"),
        ("before-mp105", "SUS-04"),
    ];

    public static TheoryData<string, string> Defects { get; } = DefectDemo.Rows(Each, inSuite: 1);

    public static TheoryData<string, string> DefectsOfTheService { get; } = DefectDemo.Rows(EachOfTheService, inSuite: 1);

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task A_planted_defect_turns_its_cases_red_and_no_other(string defect, string cases)
    {
        using RunFolder folder = new(RunFolder.RestartSeconds);

        await DefectDemo.CheckAsync(folder, "firmware", defect, cases);
    }

    [Theory]
    [MemberData(nameof(DefectsOfTheService))]
    public async Task A_switch_of_the_service_turns_its_cases_of_a_suspended_meter_red(string defect, string cases)
    {
        using RunFolder folder = new(RunFolder.RestartSeconds);

        await DefectDemo.CheckAsync(folder, "suspended-devices", defect, cases);
    }
}
