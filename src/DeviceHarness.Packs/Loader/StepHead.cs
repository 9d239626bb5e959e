using DeviceHarness.Packs.Steps;

namespace DeviceHarness.Packs.Loader;

/// <summary>What every step may say.</summary>
/// <param name="Number">Its number in its list, from 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="Timeout">How long it may take.</param>
/// <param name="When">When it runs.</param>
/// <param name="OnMiss">What it means when it is missed.</param>
/// <param name="Repeat">How it is repeated until it is met; null when it is done once.</param>
internal sealed record StepHead(
    int Number, string Name, TimeSpan Timeout, StepWhen When, StepMiss OnMiss, RepeatUntil? Repeat);
