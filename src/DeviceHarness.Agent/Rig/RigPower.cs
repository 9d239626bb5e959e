namespace DeviceHarness.Agent.Rig;

/// <summary>What switches the supply of a rig's devices, and what sees it.</summary>
/// <param name="Feeds">The feeds that can be switched; a device is wired to one at most.</param>
/// <param name="Inputs">Where an input sees a supply; each once.</param>
public sealed record RigPower(IReadOnlyList<RigFeed> Feeds, IReadOnlyList<RigInput> Inputs)
{
    /// <summary>A rig that has neither.</summary>
    public static RigPower None { get; } = new([], []);

    /// <summary>The relay boards of its feeds, in file order.</summary>
    public IReadOnlyList<RelayBoardSettings> Boards { get; init; } = [];

    /// <summary>How long after one feed was switched on the next may be: what all draw at the start adds up.</summary>
    public TimeSpan InrushSpacing { get; init; }

    /// <summary>The line that is active while an emergency stop or an isolator holds the bench off; null for a bench without one.</summary>
    public RigLine? Isolation { get; init; }

    /// <summary>The line of the button at the bench by which a person lets it be switched on again; null when only the command
    /// does.</summary>
    public RigLine? Acknowledge { get; init; }
}
