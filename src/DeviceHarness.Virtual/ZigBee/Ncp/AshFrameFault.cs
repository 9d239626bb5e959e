namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>What happens to some DATA frames of one direction.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Number">Which frame since the adapter was switched on, from 1.</param>
/// <param name="IsToAdapter">Whether it is a frame of the host; otherwise one of the adapter.</param>
public sealed record AshFrameFault(AshFaultKind Kind, int Number, bool IsToAdapter = false)
{
    /// <summary>Whether it happens to each frame whose number is a multiple.</summary>
    public bool IsRepeating { get; init; }

    /// <summary>How late a delayed frame is; only frames of the adapter can be delayed.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether it happens to a frame.</summary>
    /// <param name="number">The frame's number, from 1.</param>
    /// <param name="isToAdapter">Whether the host sent it.</param>
    public bool Meets(long number, bool isToAdapter) =>
        IsToAdapter == isToAdapter && (IsRepeating ? number % Number == 0 : number == Number);
}

/// <summary>What can happen to a frame on the line.</summary>
public enum AshFaultKind
{
    /// <summary>It is lost.</summary>
    Drop,

    /// <summary>An octet of it is changed.</summary>
    Corrupt,

    /// <summary>It comes twice.</summary>
    Duplicate,

    /// <summary>It comes late, behind what was sent after it.</summary>
    Delay,
}
