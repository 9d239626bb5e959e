using DeviceHarness.Codecs.Iec62056;

namespace DeviceHarness.Drivers.Links.SignOn;

/// <summary>How a client signs on by IEC 62056-21, before it speaks HDLC (mode E) or to have data read out (mode C).</summary>
public sealed record SignOnSettings
{
    /// <summary>The lowest rate a sign-on may start at, in baud.</summary>
    public const int MinimumBaud = 300;

    /// <summary>The highest rate that a device can be asked for, in baud.</summary>
    public const int MaximumSelectableBaud = 115_200;

    /// <summary>The most tries of one sign-on.</summary>
    public const int MaximumTries = 10;

    /// <summary>The device's address in printable characters; empty asks any device on the line.</summary>
    public string DeviceAddress { get; init; } = string.Empty;

    /// <summary>The rate of the sign-on itself, in baud.</summary>
    public int InitialBaud { get; init; } = BaudCharacter.SignOnBaud;

    /// <summary>The highest rate asked for, in baud; the device may offer less.</summary>
    public int MaximumBaud { get; init; } = 9600;

    /// <summary>Whether the line cannot change its rate, as behind a serial server: the sign-on and HDLC both pass at the rate that the
    /// server is set to, which is <see cref="MaximumBaud"/>, and no other is asked for.</summary>
    public bool IsRateFixed { get; init; }

    /// <summary>Whether seven bits and parity are put into octets of eight here, since the line passes them as they are.</summary>
    public bool IsParityInSoftware { get; init; }

    /// <summary>Whether the data read-out of mode C is asked for, and no HDLC: the device sends all that it has for it, and listens to a
    /// request again.</summary>
    public bool IsReadOut { get; init; }

    /// <summary>How long a message may let wait for its first character, after ours has passed the line; above zero.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The gap between two characters after which a message is given up; above zero.</summary>
    public TimeSpan InterCharacterTimeout { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>How often a sign-on is tried, 1 to <see cref="MaximumTries"/>.</summary>
    public int Tries { get; init; } = 3;

    /// <summary>The silence between two tries, after which a device listens to a request again.</summary>
    public TimeSpan RetryBreak { get; init; } = TimeSpan.FromMilliseconds(1600);

    /// <summary>How long the line rests between the device's confirmation and the first frame: the first octet after a change of parity
    /// is often garbage.</summary>
    public TimeSpan SwitchPause { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Whether the device stays in HDLC after DISC, until its own time-out; otherwise it wants a sign-on again at
    /// once.</summary>
    public bool StaysInHdlc { get; init; }
}
