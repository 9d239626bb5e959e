using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.ZigBee;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.ZigBee;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>The rig <c>han</c> in this process, from the virtual gas meter over the virtual adapter to the verdict. The meter wakes every
/// second and is quick with an image, so that nobody waits for it.</summary>
internal sealed class GasRig(string folder)
{
    /// <summary>Runs cases of a pack's gas form one after the other on one bench, and holds their verdicts to what is expected.</summary>
    /// <param name="name">The pack whose gas form is meant.</param>
    /// <param name="defects">What is planted, with a blank between two; empty for a sound meter.</param>
    /// <param name="cases">The cases, with a blank between two.</param>
    /// <param name="red">Those of them that fail; the others pass.</param>
    public async Task ExpectAsync(string name, string defects, string cases, string red)
    {
        TestPack pack = PackLibrary.Find(PackLibrary.FormFor(name, "gsme")!)!;
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
        RigConfiguration rig = RigConfigurationReader.Read(Path.Combine(rigs, "han", "rig.yaml"));
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(rig.Folder, rig.Adapters[0].Model));
        model = defects.Aggregate(model, HanDefectNames.Plant);
        model = model with
        {
            Devices = [.. model.Devices.Select(device => device.GasMeter is { } meter
                ? device with
                {
                    GasMeter = meter with { HistoryDays = 1, Wake = meter.Wake with { Every = TimeSpan.FromSeconds(1) } },
                    Upgrades = device.Upgrades! with { VerifyTime = TimeSpan.Zero, RestartTime = TimeSpan.FromMilliseconds(100) },
                }
                : device)],
        };
        VirtualNcpLine line = new(new VirtualNcp("zigbee", model, TimeProvider.System));
        return new RigBench(
            rig, [], folder, QuickProfiles(rigs), TimeProvider.System, NullLogger.Instance, openAdapter: _ => line.Open());
    }

    /// <summary>The profiles of the repository, but that a meter is waited for as briefly as it takes here.</summary>
    private string QuickProfiles(string rigs)
    {
        string profiles = Path.Combine(folder, "profiles");
        Directory.CreateDirectory(Path.Combine(profiles, "han"));
        foreach (string file in Directory.GetFiles(Path.Combine(rigs, "profiles", "han")))
        {
            File.WriteAllText(
                Path.Combine(profiles, "han", Path.GetFileName(file)),
                File.ReadAllText(file).Replace("activation-timeout: 40m", "activation-timeout: 6s", StringComparison.Ordinal)
                    .Replace("wake-interval: 30m", "wake-interval: 1s", StringComparison.Ordinal)
                    .Replace("response-timeout: 10s", "response-timeout: 5s", StringComparison.Ordinal));
        }

        return profiles;
    }
}
