using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

public sealed class FirmwareDefectTests
{
    [Theory]
    [InlineData("verify-fails", "FW-01 FW-03 FW-06")]
    [InlineData("block-lost", "FW-01 FW-03 FW-06")]
    [InlineData("image-hash-wrong", "FW-01 FW-03 FW-06")]
    [InlineData("activation-lies", "FW-01")]
    [InlineData("activation-fails", "FW-01 FW-03 FW-06")]
    public async Task A_planted_defect_turns_its_cases_red_and_no_other(string defect, string cases)
    {
        using RunFolder folder = new(RunFolder.RestartSeconds);

        await DefectDemo.CheckAsync(folder, "firmware", defect, cases);
    }

    [Theory]
    [InlineData("before-mp105", "SUS-04")]
    [InlineData("lost-response:times=1", "SUS-02")]
    public async Task A_switch_of_the_service_turns_its_cases_of_a_suspended_meter_red(string defect, string cases)
    {
        using RunFolder folder = new(RunFolder.RestartSeconds);

        await DefectDemo.CheckAsync(folder, "suspended-devices", defect, cases);
    }
}
