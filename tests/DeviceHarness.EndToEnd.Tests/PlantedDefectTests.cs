using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

public sealed class PlantedDefectTests
{
    [Theory]
    [InlineData("wrong-scaler", "SMK-02 LOG-01")]
    [InlineData("stuck-version", "SMK-01")]
    [InlineData("clock-refused", "SMK-03 LOG-03 ACK-01")]
    [InlineData("switch-lies", "SMK-04 ACK-01")]
    [InlineData("log-shifted", "LOG-01")]
    [InlineData("empty-range-error", "LOG-01 LOG-02")]
    [InlineData("event-missing", "LOG-03")]
    [InlineData("late-acknowledgement:share=0.4,delay=7m", "ACK-01")]
    [InlineData("esme-02:late-acknowledgement", "ACK-02")]
    public async Task A_planted_defect_turns_its_cases_red_and_no_other(string defect, string cases)
    {
        using RunFolder folder = new();

        await DefectDemo.CheckAsync(folder, "dmct-smoke", defect, cases);
    }
}
