using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary>The pack of Suspended meters through separate processes.</summary>
public sealed class SuspendedDevicesTests
{
    [Fact]
    public async Task A_suspended_meter_is_restored_by_firmware_and_by_its_version()
    {
        using RunFolder folder = new(RunFolder.RestartSeconds);

        await using HarnessProcess demo = await HarnessProcess.RunAsync(
            folder.Path, "demo", "--pack", "suspended-devices", "--rig-config", folder.RigConfig);

        demo.ExitCode.Should().Be(0, $"{demo.Output}\n{demo.Error}");
        demo.Output.Should().Contain("Pass rate: 100 % (6 of 6 in-scope cases passed");
    }
}
