using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary>Defects of the smoke pack through separate processes: one in the suite, every one with the large counts. In one process
/// the agent's tests hold every one.</summary>
public sealed class PlantedDefectTests
{
    private const string Silent = "no-answer";

    // Whether SMK-04 moved its supply nobody can read: the meter is in quarantine, and the other cases on it are Blocked.
    private const int InQuarantine = 12;

    private static readonly (string Defect, string Cases)[] Each =
    [
        ("wrong-scaler", "SMK-02 LOG-01"),
        ("esme-02:late-acknowledgement", "ACK-02"),
        ("stuck-version", "SMK-01"),
        ("clock-refused", "SMK-03 LOG-03 ACK-01"),
        ("switch-lies", "SMK-04 ACK-01"),
        ("log-shifted", "LOG-01"),
        ("empty-range-error", "LOG-01 LOG-02"),
        ("event-missing", "LOG-03"),
        ("late-acknowledgement:share=0.4,delay=7m", "ACK-01"),
        (Silent, "SMK-01 SMK-02 SMK-03 SMK-04"),
    ];

    public static TheoryData<string, string> Defects { get; } = DefectDemo.Rows(Each, inSuite: 1);

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task A_planted_defect_turns_its_cases_red_and_no_other(string defect, string cases)
    {
        // Each silence of a meter that never answers costs as long as it is waited for.
        using RunFolder folder = defect == Silent ? new(firstDeviceSeconds: 1) : new();

        await DefectDemo.CheckAsync(folder, "dmct-smoke", defect, cases, defect == Silent ? InQuarantine : 0);
    }
}
