namespace DeviceHarness.Drivers.ZigBeeAdapter.Ash;

/// <summary>What happened on the link.</summary>
public enum AshLinkEvent
{
    /// <summary>Nothing that ends or begins it.</summary>
    None = 0,

    /// <summary>The adapter was reset by us and is ready.</summary>
    Connected,

    /// <summary>The link is down: <see cref="AshHostStep.Failure"/> says why.</summary>
    Lost,
}

/// <summary>Why the link is down.</summary>
public enum AshLinkFailure
{
    /// <summary>It is not.</summary>
    None = 0,

    /// <summary>No RSTACK came, in all tries.</summary>
    Silence,

    /// <summary>RSTACK came in all tries, but none of them said that RST was the cause.</summary>
    WrongReset,

    /// <summary>RSTACK carries a protocol version that is not ours.</summary>
    WrongVersion,

    /// <summary>The text of a bootloader came instead of frames.</summary>
    Bootloader,

    /// <summary>RSTACK without RST: the adapter has rebooted.</summary>
    Rebooted,

    /// <summary>ERROR: the adapter has stopped.</summary>
    Stopped,

    /// <summary>The adapter does not acknowledge what was sent, or asks for it again and again.</summary>
    Unacknowledged,
}

/// <summary>What the link wants after a call: octets to transmit, an event, and when to be ticked next.</summary>
/// <param name="Transmit">Octets for the line; empty when there are none. Valid until the next call.</param>
/// <param name="Event">What happened.</param>
/// <param name="Failure">Why the link is down, when it is.</param>
/// <param name="NextTick">When <see cref="AshHostLink.Tick"/> is due; null when nothing is awaited.</param>
public readonly record struct AshHostStep(
    ReadOnlyMemory<byte> Transmit, AshLinkEvent Event, AshLinkFailure Failure, TimeSpan? NextTick);
