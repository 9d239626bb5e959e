using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

public sealed class SilentMeterTests
{
    [Fact]
    public async Task A_meter_that_never_answers_turns_every_case_that_needs_it_red()
    {
        using RunFolder folder = new(firstDeviceSeconds: 1);

        await DefectDemo.CheckAsync(
            folder, "dmct-smoke", "no-answer", "SMK-01 SMK-02 SMK-03 SMK-04 SMK-05 SMK-07 LOG-01 LOG-02 LOG-03 ACK-01");
    }
}
