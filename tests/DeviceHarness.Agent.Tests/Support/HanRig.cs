using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.ZigBee;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Devices;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>A rig with a virtual adapter in this process, from its virtual devices to the verdict. A gas meter wakes every second, a
/// display tells every second, and both are quick with an image, so that nobody waits for them.</summary>
/// <param name="folder">Where the bench keeps what it keeps.</param>
/// <param name="rigName">The rig.</param>
/// <param name="form">The type of device whose form of a pack runs.</param>
internal sealed class HanRig(string folder, string rigName = "han", string form = "gsme")
{
    /// <summary>The first row in the suite, every one with the large counts: each waits in real time for a device that sleeps.</summary>
    public static TheoryData<string, string, string> Rows(params (string Defects, string Cases, string Red)[] each)
    {
        TheoryData<string, string, string> rows = [];
        foreach ((string defects, string cases, string red) in each.Take(TestSize.Of(suite: 1, large: each.Length)))
        {
            rows.Add(defects, cases, red);
        }

        return rows;
    }

    /// <summary>The rules of the service for firmware; null for those of the rig.</summary>
    public FirmwareUpdateRules? FirmwareUpdates { get; init; }

    /// <summary>Changes the text of the pack before it is read.</summary>
    public Func<string, string> Edit { get; init; } = static text => text;

    /// <summary>Runs cases of a pack's form one after the other on one bench, and holds their verdicts to what is expected.</summary>
    /// <param name="name">The pack whose form is meant.</param>
    /// <param name="defects">What is planted, with a blank between two; empty for a sound device.</param>
    /// <param name="cases">The cases, with a blank between two.</param>
    /// <param name="red">Those of them that fail; the others pass.</param>
    public async Task ExpectAsync(string name, string defects, string cases, string red)
    {
        string file = PackLibrary.FormFor(name, form)!;
        TestPack pack = PackLoader.Load(
            Edit(PackLibrary.FindText(file)!.Replace("default: 5m", "default: 10s", StringComparison.Ordinal)), $"{file}.pack.yaml");
        await using RigBench bench = Open(defects.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        List<string> failed = [];
        List<string> reasons = [];

        foreach (string id in cases.Split(' '))
        {
            AttemptResult result = await new PackRunner().RunCaseAsync(
                pack, pack.Find(id)!, bench, new KeepingJournal(), new RunOptions(), CancellationToken.None).DefaultTimeout();
            reasons.Add($"{id} {result.Verdict}: {result.Reason}");
            failed.AddRange(result.Verdict == Verdict.Passed ? [] : [$"{id}{(result.Verdict == Verdict.Failed ? "" : "?")}"]);
        }

        string.Join(' ', failed).Should().Be(red, string.Join("; ", reasons));
    }

    private RigBench Open(string[] defects)
    {
        string rigs = Path.Combine(RepositoryRoot.Path, "rigs");
        RigConfiguration rig = RigConfigurationReader.Read(Path.Combine(rigs, rigName, "rig.yaml"));
        rig = rig with { FirmwareUpdateRules = FirmwareUpdates ?? rig.FirmwareUpdateRules };
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(rig.Folder, rig.Adapters[0].Model));
        model = defects.Aggregate(model, HanDefectNames.Plant);
        model = model with
        {
            Devices = [.. model.Devices.Select(Quick)],
        };
        VirtualNcpLine line = new(new VirtualNcp("zigbee", model, TimeProvider.System));
        return new RigBench(
            rig, [], folder, QuickProfiles(rigs), TimeProvider.System, NullLogger.Instance, openAdapter: _ => line.Open());
    }

    private static HanDeviceModel Quick(HanDeviceModel device) => device with
    {
        GasMeter = device.GasMeter is { } meter
            ? meter with { HistoryDays = 1, Wake = meter.Wake with { Every = TimeSpan.FromSeconds(1) } }
            : null,
        Display = device.Display is { } display ? display with { Refresh = TimeSpan.FromSeconds(1) } : null,
        Upgrades = device.Upgrades is { } upgrades
            ? upgrades with { VerifyTime = TimeSpan.Zero, RestartTime = TimeSpan.FromMilliseconds(100) }
            : null,
    };

    /// <summary>The profiles of the repository, but that a device is waited for as briefly as it takes here.</summary>
    private string QuickProfiles(string rigs)
    {
        string profiles = Path.Combine(folder, "profiles");
        Directory.CreateDirectory(Path.Combine(profiles, "han"));
        string sources = Path.Combine(rigs, "profiles");
        foreach (string file in Directory.GetFiles(sources, "*.yaml").Concat(Directory.GetFiles(Path.Combine(sources, "han"))))
        {
            File.WriteAllText(
                Path.Combine(profiles, Path.GetRelativePath(sources, file)),
                File.ReadAllText(file).Replace("activation-timeout: 40m", "activation-timeout: 6s", StringComparison.Ordinal)
                    .Replace("activation-timeout: 10m", "activation-timeout: 6s", StringComparison.Ordinal)
                    .Replace("wake-interval: 30m", "wake-interval: 1s", StringComparison.Ordinal)
                    .Replace("response-timeout: 10s", "response-timeout: 5s", StringComparison.Ordinal));
        }

        return profiles;
    }
}
