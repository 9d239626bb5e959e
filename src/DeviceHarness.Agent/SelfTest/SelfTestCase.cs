using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Agent.SelfTest;

/// <summary>A case on a rig.</summary>
public sealed class SelfTestCase
{
    internal SelfTestCase(string bench, SelfTestBench place, TestPack pack, TestCase testCase)
    {
        Bench = bench;
        Place = place;
        Pack = pack;
        Case = testCase;
    }

    /// <summary>The pack's name; with <c>@rig</c> behind it where the pack also runs on another rig.</summary>
    public string Bench { get; }

    /// <summary>The case's id.</summary>
    public string Id => Case.Id;

    /// <summary>Bench and id, such as <c>dmct-smoke SMK-01</c>.</summary>
    public string Name => $"{Bench} {Id}";

    /// <summary>Whether a defect may show in it. One of a device shows in no case that is answered by the service alone; on a bench with a
    /// radio those of the devices there are planted alone, and there only: the service is the same on every bench.</summary>
    /// <param name="planted">The defect; null for a sound bench, which every case has to pass.</param>
    public bool MayShow(DefectSwitch? planted) => planted is null
        || (planted.Place == DefectPlace.Radio == Place.HasRadio && (planted.Place == DefectPlace.Service || Case.TouchesDevice));

    internal SelfTestBench Place { get; }

    internal TestPack Pack { get; }

    internal TestCase Case { get; }
}

/// <summary>How a case ended on a bench.</summary>
/// <param name="Case">The case.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Step">The first step that did not pass, from 1; null when every step passed.</param>
/// <param name="Reason">Why it did not pass; otherwise empty.</param>
public sealed record SelfTestOutcome(SelfTestCase Case, Verdict Verdict, int? Step, string Reason);
