using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary>Packs that change a meter's firmware and put it back, through separate processes.</summary>
public sealed class FirmwareCyclesTests
{
    /// <summary>A pack, and how many cases of it pass; the longer one with the large counts.</summary>
    public static TheoryData<string, int> Packs { get; } =
        TestSize.IsLong ? new() { { "suspended-devices", 6 }, { "firmware", 11 } } : new() { { "suspended-devices", 6 } };

    [Theory]
    [MemberData(nameof(Packs))]
    public async Task Firmware_is_updated_and_put_back_cycle_after_cycle_and_a_scaled_clock_is_told_on_the_first_page(
        string pack, int cases)
    {
        using RunFolder folder = new(RunFolder.RestartSeconds);

        await using HarnessProcess demo = await HarnessProcess.RunAsync(
            folder.Path, "demo", "--pack", pack, "--cycles", "2", "--clock-scale", "10", "--rig-config", folder.RigConfig);

        demo.ExitCode.Should().Be(0, $"{demo.Output}\n{demo.Error}");
        demo.Output.Split($"Pass rate: 100 % ({cases} of {cases} in-scope cases passed").Should()
            .HaveCount(3, "each cycle begins where the one before it began");
        demo.Output.Should().Contain("the clock was scaled, no latency is stored").And.NotContain("Latency per SRV");
        string page = File.ReadAllText(Directory.GetFiles(folder.Run, "*.html").Order().First());
        page[..page.IndexOf("</header>", StringComparison.Ordinal)].Should().Contain("under a scaled clock: no latencies");
    }
}
