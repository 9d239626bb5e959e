using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary>Defects of the packs through separate processes: one in the suite, every one with the large counts. In one process the agent's
/// tests hold those of the smoke pack, and the self-test those of firmware.</summary>
public sealed class PlantedDefectTests
{
    private const string Smoke = "dmct-smoke";
    private const string Firmware = "firmware";
    private const string Suspended = "suspended-devices";
    private const string Silent = "no-answer";
    private const string EachThatActivates = "FW-01 FW-03 FW-06 FW-06-POWER FW-07 FW-08 FW-10";

    // Whether SMK-04 moved its supply nobody can read: the meter is in quarantine, and the other cases on it are Blocked.
    private const int InQuarantine = 12;

    private static readonly (string Pack, string Defect, string Cases)[] Each =
    [
        (Smoke, "wrong-scaler", "SMK-02 LOG-01"),
        (Smoke, "esme-02:late-acknowledgement", "ACK-02"),
        (Smoke, "stuck-version", "SMK-01"),
        (Smoke, "clock-refused", "SMK-03 LOG-03 ACK-01"),
        (Smoke, "switch-lies", "SMK-04 ACK-01"),
        (Smoke, "log-shifted", "LOG-01"),
        (Smoke, "empty-range-error", "LOG-01 LOG-02"),
        (Smoke, "event-missing", "LOG-03"),
        (Smoke, "late-acknowledgement:share=0.4,delay=7m", "ACK-01"),
        (Smoke, Silent, "SMK-01 SMK-02 SMK-03 SMK-04"),
        (Firmware, "activation-lies", "FW-01"),
        (Firmware, "block-lost", EachThatActivates),
        (Firmware, "verify-fails", EachThatActivates),
        (Firmware, "image-hash-wrong", EachThatActivates),
        (Firmware, "activation-fails", EachThatActivates),
        (Suspended, "lost-response:times=1", "SUS-02"),
        (Suspended, "before-mp105", "SUS-04"),
    ];

    public static TheoryData<string, string, string> Defects { get; } = DefectDemo.Rows(Each, inSuite: 1);

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task A_planted_defect_turns_its_cases_red_and_no_other(string pack, string defect, string cases)
    {
        // Each silence of a meter that never answers costs as long as it is waited for.
        using RunFolder folder = pack != Smoke ? new(RunFolder.RestartSeconds) : defect == Silent ? new(firstDeviceSeconds: 1) : new();

        await DefectDemo.CheckAsync(folder, pack, defect, cases, defect == Silent ? InQuarantine : 0);
    }
}
