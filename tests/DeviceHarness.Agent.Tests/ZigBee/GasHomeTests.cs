using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.Agent.Tests.SelfTest;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.ZigBee.Devices;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>The pack <c>gas-home</c> on the rig <c>home</c>, one case after the other on one bench, from the virtual gas meter and its
/// proxy over the virtual adapter to the verdict. What a defect turns red: <see cref="RadioSelfTests"/>.</summary>
[Collection(AloneCollection.Name)]
[Trait(AloneCollection.Process, AloneCollection.Name)]
public sealed class GasHomeTests
{
    // 20 digits for the virtual meter, as its own token key makes them: 10 pounds.
    private static readonly string Token = new Utrn(1_000, 1).Write("26G0000001", "virtual-gsme-01");

    private static readonly SelfTestBench Home = new(Path.Combine(RepositoryRoot.Path, "rigs", "home", "rig.yaml"));

    [Fact]
    public async Task Proxy_and_alerts_are_right_and_digits_at_the_display_top_the_meter_up()
    {
        TestPack pack = PackLoader.Load(
            PackLibrary.FindText("gas-home")!.Replace("default: 31m", "default: 30s", StringComparison.Ordinal), "gas-home");
        KeepingJournal journal = new();
        List<AttemptResult> results = [];

        (IReadOnlyList<string> display, IReadOnlyList<string> meter) = await RadioRig.RunAsync(Home, async bench =>
        {
            foreach (string id in new[] { "GHM-01", "GHM-02", "GHM-03" })
            {
                results.Add(await bench.RunAsync(pack, pack.Find(id)!, journal, default));
            }

            return await TopUpAsync(bench);
        });

        results.Should().AllSatisfy(result => result.Verdict.Should().Be(Verdict.Passed, result.Reason)).And.HaveCount(3);
        string.Join(' ', journal.Events.OfType<AlertReceived>().Select(alert => alert.Code)).Should().Be("8154 8F32");
        display.Should().Contain("TOP-UP ACCEPTED £10.00");
        display.Should().Contain(line => line.StartsWith("GAS 123", StringComparison.Ordinal));
        display.Should().Contain(line => line.StartsWith("CREDIT £", StringComparison.Ordinal));
        meter.Single(line => line.StartsWith("CREDIT £", StringComparison.Ordinal)).Should().MatchRegex(
            "£(59|60)[.]", "it had 50 pounds, and lets gas through");
    }

    /// <summary>Digits typed in at the display reach the meter through its mirror at the trust centre; the result comes back, and what
    /// the display shows it has read there.</summary>
    private static async Task<(IReadOnlyList<string> Display, IReadOnlyList<string> Meter)> TopUpAsync(SelfTestRig bench)
    {
        bench.Adapters["zb-01"].Act((adapter, now) => Device("ppmid-01").TryEnter(Token, now)).Should().BeTrue();
        await Task.Delay(TimeSpan.FromMinutes(1), bench.Clock);
        return bench.Adapters["zb-01"].Act((_, _) => (Device("ppmid-01").DisplayLines, Device("gsme-01").DisplayLines));

        VirtualHanDevice Device(string name) => bench.Adapters["zb-01"].Devices.Single(device => device.Model.Name == name);
    }
}
