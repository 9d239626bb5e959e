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

/// <summary>The pack <c>network-key</c> on the rig <c>han</c>: a virtual gas meter that takes a new network key, and one that ignores
/// it. The meter wakes every second.</summary>
public sealed class NetworkKeyTests : IDisposable
{
    private const string Meter = "gsme-01";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The sound meter in the suite: the other is in RadioSelfTests, too, where nobody waits.</summary>
    public static TheoryData<string?, Verdict> Meters { get; } = MetersOf();

    [Theory]
    [MemberData(nameof(Meters))]
    public async Task A_meter_that_ignores_a_new_network_key_turns_the_case_red(string? defect, Verdict verdict)
    {
        string profile = Path.Combine("han", "generic-smets1-gsme.yaml");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "han"));
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "profiles", profile));
        text.Should().Contain("wake-interval: 30m");
        File.WriteAllText(
            Path.Combine(_folder.Path, profile), text.Replace("wake-interval: 30m", "wake-interval: 1s", StringComparison.Ordinal));
        await using RigBench bench = Open(defect);
        TestPack pack = PackLoader.Load(PackLibrary.Find("network-key")!.Text, "network-key");

        AttemptResult result = await new PackRunner().RunCaseAsync(
            pack, pack.Cases[0], bench, new KeepingJournal(), new RunOptions(), CancellationToken.None).DefaultTimeout();

        result.Verdict.Should().Be(verdict, result.Reason);
        (result.Reason ?? "").Contains("does not answer under network key 1", StringComparison.Ordinal).Should().Be(defect is not null);
    }

    private static TheoryData<string?, Verdict> MetersOf()
    {
        TheoryData<string?, Verdict> meters = new() { { null, Verdict.Passed } };
        if (TestSize.IsLong)
        {
            meters.Add("key-update-ignored", Verdict.Failed);
        }

        return meters;
    }

    private RigBench Open(string? defect)
    {
        string rigs = Path.Combine(RepositoryRoot.Path, "rigs");
        RigConfiguration han = RigConfigurationReader.Read(Path.Combine(rigs, "han", "rig.yaml"));

        // The meter alone: what else is let in, or is waited for in vain, takes of the time that the quick clock leaves for its key.
        RigConfiguration rig = han with { Devices = [.. han.Devices.Where(device => device.Id.Value == Meter)] };
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(rig.Folder, rig.Adapters[0].Model));
        model = defect is null ? model : HanDefectNames.Plant(model, defect);
        model = model with
        {
            Adapter = model.Adapter with { KeySwitchTime = TimeSpan.FromSeconds(1) },
            Radio = model.Radio with { IndirectTimeout = TimeSpan.FromSeconds(1.5), ApsAckTimeout = TimeSpan.FromMilliseconds(200) },
            Devices = [.. model.Devices.Where(device => device.Name == Meter).Select(device => device with
            {
                GasMeter = device.GasMeter! with
                {
                    HistoryDays = 0,
                    Wake = device.GasMeter.Wake with { Every = TimeSpan.FromSeconds(1) },
                },
            })],
        };
        VirtualNcpLine line = new(new VirtualNcp("zigbee", model, TimeProvider.System));
        return new RigBench(
            rig, [], _folder.Path, _folder.Path, new QuickClock(), NullLogger.Instance, openAdapter: _ => line.Open());
    }

    /// <summary>A clock of the bench that runs four times as fast: fifteen seconds are not waited for.</summary>
    private sealed class QuickClock : TimeProvider
    {
        private const int Scale = 4;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => System.GetElapsedTime(0).Ticks * Scale;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, Quick(dueTime), Quick(period));

        private static TimeSpan Quick(TimeSpan time) => time > TimeSpan.Zero ? time / Scale : time;
    }
}
