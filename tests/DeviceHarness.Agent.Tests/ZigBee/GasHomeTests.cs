using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Devices;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>The pack <c>gas-home</c> on the rig <c>home</c>, from the virtual gas meter and its proxy over the virtual adapter to the
/// verdict. The meter wakes every second, so that nobody waits for it.</summary>
public sealed class GasHomeTests : ICommandLog, IDisposable
{
    private static readonly string Rigs = Path.Combine(RepositoryRoot.Path, "rigs");

    private const int ConsumerTopUpResponse = 0x03;

    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // 20 digits for the virtual meter, as its own token key makes them: 10 pounds.
    private static readonly string Token = new Utrn(1_000, 1).Write("26G0000001", "virtual-gsme-01");

    /// <summary>The sound home in the suite: its defects have their cases in RadioSelfTests, too, where nobody waits.</summary>
    public static TheoryData<string, string, string> Homes { get; } = HanRig.Rows(
        ("", "GHM-01 Passed, GHM-02 Passed, GHM-03 Passed", "8154 8F32"),
        ("mirror-stale alert-storm", "GHM-02 Failed, GHM-03 Failed", "any"));

    [Theory]
    [MemberData(nameof(Homes))]
    public async Task Proxy_and_alerts_are_right_and_each_defect_turns_its_case_red(string defects, string verdicts, string told)
    {
        VirtualNcp adapter = Adapter(defects.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        await using RigBench bench = Open(adapter);
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
        if (told != "any")
        {
            // Beside these the meter tells once that it took the time from the network that it joined.
            string.Join(' ', alerts.Select(alert => alert.Code).Where(code => code != "8145")).Should().Be(told);
            await ADisplayTopsItsMeterUpAsync(adapter);
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

    /// <summary>Digits typed in at the display reach the meter through its mirror at the trust centre; the result comes back, and what
    /// the display shows it has read there.</summary>
    private async Task ADisplayTopsItsMeterUpAsync(VirtualNcp adapter)
    {
        adapter.Act((_, now) => Device(adapter, "ppmid-01").TryEnter(Token, now)).Should().BeTrue();
        await _answered.Task.DefaultTimeout();

        Shown("ppmid-01").Should().Contain("TOP-UP ACCEPTED £10.00");
        Shown("ppmid-01").Should().Contain(line => line.StartsWith("GAS 1234.", StringComparison.Ordinal));
        Shown("ppmid-01").Should().Contain(line => line.StartsWith("CREDIT £", StringComparison.Ordinal));
        Shown("gsme-01").Single(line => line.StartsWith("CREDIT £", StringComparison.Ordinal)).Should().MatchRegex(
            "£(59|60)[.]", "it had 50 pounds, and lets gas through");

        IReadOnlyList<string> Shown(string name) => adapter.Act((_, _) => Device(adapter, name).DisplayLines);
    }

    private static VirtualHanDevice Device(VirtualNcp adapter, string name) =>
        adapter.Devices.Single(device => device.Model.Name == name);

    void ICommandLog.Append(CommandRecord command)
    {
        if (command is { Device: "ppmid-01", Object: "0705", Member: ConsumerTopUpResponse })
        {
            _answered.TrySetResult();
        }
    }

    private VirtualNcp Adapter(string[] defects)
    {
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(Rigs, "home", "adapter.yaml"));
        NcpModel planted = defects.Aggregate(model, HanDefectNames.Plant);
        model = planted with
        {
            Devices = [.. planted.Devices.Select(device => device.GasMeter is { } meter
                ? device with { GasMeter = meter with { HistoryDays = 0, Wake = meter.Wake with { Every = TimeSpan.FromSeconds(1) } } }
                : device)],
        };
        return new VirtualNcp(
            "zigbee", model, TimeProvider.System, devices: new HanDeviceStores(_ => new MemoryFlash(), this));
    }

    private RigBench Open(VirtualNcp adapter)
    {
        VirtualNcpLine line = new(adapter);
        RigConfiguration rig = RigConfigurationReader.Read(Path.Combine(Rigs, "home", "rig.yaml"));
        return new RigBench(
            rig, [], _folder.Path, Path.Combine(Rigs, "profiles"), TimeProvider.System, NullLogger.Instance,
            openAdapter: _ => line.Open());
    }
}
