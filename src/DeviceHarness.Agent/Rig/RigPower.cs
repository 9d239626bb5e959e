using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Agent.Rig;

/// <summary>What switches the supply of a rig's devices, and what sees it.</summary>
/// <param name="Feeds">The feeds that can be switched; a device is in one at most.</param>
/// <param name="Inputs">Where an input sees a supply; each once.</param>
public sealed record RigPower(IReadOnlyList<PowerFeed> Feeds, IReadOnlyList<SupplyPoint> Inputs)
{
    /// <summary>A rig that has neither.</summary>
    public static RigPower None { get; } = new([], []);
}
