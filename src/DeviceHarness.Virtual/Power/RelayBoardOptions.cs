namespace DeviceHarness.Virtual.Power;

/// <summary>What a virtual relay board is.</summary>
/// <param name="Protocol">What it understands.</param>
public sealed record RelayBoardOptions(RelayBoardProtocol Protocol)
{
    /// <summary>How many channels a board has that says nothing else.</summary>
    public const int UsualChannels = 8;

    /// <summary>The most channels: LCUS has one octet for them, and Modbus needs no more.</summary>
    public const int MaximumChannels = 256;

    /// <summary>Its channels, 1 to <see cref="MaximumChannels"/>.</summary>
    public int Channels { get; init; } = UsualChannels;

    /// <summary>Its Modbus address, 1 to 247; a board without addresses does not look at it.</summary>
    public byte Address { get; init; } = 1;

    /// <summary>How long the line is silent behind the end of a frame.</summary>
    /// <remarks>Departs: the specification has 3.5 characters (4 ms at 9600 baud), which a pseudo-terminal cannot keep. A frame whose
    /// length and checksum are right is taken at once, so that only what is damaged or unknown waits for it.</remarks>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a board that forgets drives a coil.</summary>
    public TimeSpan ForgetsAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What is wrong with it.</summary>
    public RelayBoardDefects Defects { get; init; }
}
