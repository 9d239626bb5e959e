using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Abstractions.Power;

/// <summary>A feed of a bench: what one contact switches.</summary>
/// <param name="Name">Its name in the rig file.</param>
/// <param name="Devices">The devices that it feeds: all lose their supply together, and what they feed with them.</param>
/// <param name="MinimumOff">How long it stays off at least.</param>
/// <param name="MinimumOn">How long it stays on at least.</param>
public sealed record PowerFeed(string Name, IReadOnlyList<DeviceId> Devices, TimeSpan MinimumOff, TimeSpan MinimumOn);
