namespace DeviceHarness.Virtual.ZigBee.Radio;

/// <summary>Where a node stands: how it is heard, what is lost on the way, and when it asks its parent for messages.</summary>
public sealed record RadioPlace
{
    /// <summary>The EUI-64 of its parent, whose range and loss it shares; null where the coordinator is its parent.</summary>
    public ulong? Parent { get; init; }

    /// <summary>Whether it can be heard at all.</summary>
    public bool IsInRange { get; init; } = true;

    /// <summary>The link quality, 0 to 255.</summary>
    public byte Lqi { get; init; } = 200;

    /// <summary>The signal strength, in dBm.</summary>
    public sbyte RssiDbm { get; init; } = -56;

    /// <summary>The part of transmissions to and from it that is lost, 0 to 1; each message is tried four times by the MAC layer.</summary>
    public double Loss { get; init; }

    /// <summary>When a sleepy node asks for messages; of no meaning for another.</summary>
    public PollModel Polls { get; init; } = new();
}
