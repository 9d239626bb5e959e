namespace DeviceHarness.Duis.Service;

/// <summary>How the simulated SMETS1 Service Provider rotates a Management Key: what it does about a command that was not
/// confirmed.</summary>
/// <remarks>The fix of Testing Issue 110031, as SEC Panel paper SECP_79_1704_03 tells it: the command is repeated by itself, since the
/// second one, five minutes later or more, is confirmed.</remarks>
/// <param name="Repeats">How often a command is repeated at most; 0 for the Service Provider before the fix.</param>
/// <param name="After">How long after a command that was not confirmed the next one goes out.</param>
public sealed record KeyRotationPolicy(int Repeats, TimeSpan After)
{
    /// <summary>One repetition, after five minutes.</summary>
    public static KeyRotationPolicy Fixed { get; } = new(1, TimeSpan.FromMinutes(5));

    /// <summary>None: the Service Provider before the fix.</summary>
    public static KeyRotationPolicy BeforeFix { get; } = Fixed with { Repeats = 0 };

    /// <summary>Whether a command is to be repeated.</summary>
    /// <param name="commands">How many were sent so far.</param>
    /// <param name="isUnconfirmed">Whether the last of them was not confirmed, though the line was sound.</param>
    public bool Repeat(int commands, bool isUnconfirmed) => isUnconfirmed && commands <= Repeats;
}
