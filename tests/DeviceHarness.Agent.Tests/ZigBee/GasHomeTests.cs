using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.ZigBee;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>The pack <c>gas-home</c> on the rig <c>home</c>, from the virtual gas meter and its proxy over the virtual adapter to the
/// verdict. The meter wakes every second, so that nobody waits for it.</summary>
public sealed class GasHomeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "GHM-01 Passed, GHM-02 Passed, GHM-03 Passed", "8154 8F32")]
    [InlineData("mirror-stale alert-storm", "GHM-02 Failed, GHM-03 Failed", null)]
    public async Task Proxy_and_alerts_are_right_and_each_defect_turns_its_case_red(string defects, string verdicts, string? told)
    {
        await using RigBench bench = Open(defects.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        TestPack pack = Pack(defects.Length == 0 ? "20s" : "3s");
        KeepingJournal journal = new();
        List<string> found = [];
        List<string?> reasons = [];

        foreach (string id in verdicts.Split(", ").Select(one => one.Split(' ')[0]))
        {
            TestCase testCase = pack.Cases.Single(candidate => candidate.Id == id);
            AttemptResult result = await new PackRunner().RunCaseAsync(
                pack, testCase, bench, journal, new RunOptions(), CancellationToken.None).DefaultTimeout();
            found.Add($"{id} {result.Verdict}");
            reasons.Add(result.Reason);
        }

        string.Join(", ", found).Should().Be(verdicts, string.Join("; ", reasons));
        IEnumerable<AlertReceived> alerts = journal.Events.OfType<AlertReceived>();
        if (told is not null)
        {
            // Beside these the meter tells once that it took the time from the network that it joined.
            string.Join(' ', alerts.Select(alert => alert.Code).Where(code => code != "8145")).Should().Be(told);
        }
        else
        {
            alerts.Count(alert => alert is { Device: "gsme-01", Code: "8F74" }).Should().BeGreaterThanOrEqualTo(40);
        }
    }

    private static TestPack Pack(string wake) => PackLoader.Load(
        PackLibrary.Find("gas-home")!.Text
            .Replace("every: 20s", "every: 500ms", StringComparison.Ordinal)
            .Replace("code: none, within: \"${parameter.wake}\"", "code: none, within: 2s", StringComparison.Ordinal)
            .Replace("default: 31m", $"default: {wake}", StringComparison.Ordinal),
        "gas-home");

    private RigBench Open(string[] defects)
    {
        string rigs = Path.Combine(RepositoryRoot.Path, "rigs");
        RigConfiguration rig = RigConfigurationReader.Read(Path.Combine(rigs, "home", "rig.yaml"));
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(rig.Folder, rig.Adapters[0].Model));
        NcpModel planted = defects.Aggregate(model, HanDefectNames.Plant);
        model = planted with
        {
            Devices = [.. planted.Devices.Select(device => device.GasMeter is { } meter
                ? device with { GasMeter = meter with { HistoryDays = 0, Wake = meter.Wake with { Every = TimeSpan.FromSeconds(1) } } }
                : device)],
        };
        VirtualNcpLine line = new(new VirtualNcp("zigbee", model, TimeProvider.System));
        return new RigBench(
            rig, [], _folder.Path, Path.Combine(rigs, "profiles"), TimeProvider.System, NullLogger.Instance,
            openAdapter: _ => line.Open());
    }
}
