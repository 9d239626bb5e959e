using DeviceHarness.Assurance.Proposals;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>What makes a rig's devices others than those that a cycle was frozen against.</summary>
/// <param name="Text">The first thing that changed, for a person to read.</param>
/// <param name="Firmware">Every device that is still there and runs another firmware; may be empty.</param>
internal sealed record BaselineDifference(string Text, IReadOnlyList<FirmwareChange> Firmware);
