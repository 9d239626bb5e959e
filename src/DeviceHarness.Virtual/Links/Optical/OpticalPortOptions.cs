namespace DeviceHarness.Virtual.Links.Optical;

/// <summary>How an optical port signs a client on.</summary>
public sealed record OpticalPortOptions
{
    /// <summary>The manufacturer's three letters; the last in lower case when it answers within 20 ms.</summary>
    public string Flag { get; init; } = "DHV";

    /// <summary>What it calls itself, at most 14 characters.</summary>
    public string Identification { get; init; } = "ESME";

    /// <summary>Whether <c>\2</c> in front of the identification announces mode E.</summary>
    public bool IsModeEAnnounced { get; init; } = true;

    /// <summary>The address by which it is asked; empty when only a request to any device is for it.</summary>
    public string DeviceAddress { get; init; } = string.Empty;

    /// <summary>The rate of the sign-on, in baud.</summary>
    public int InitialBaud { get; init; } = 300;

    /// <summary>The fastest rate that it offers, in baud: one that has a character.</summary>
    public int OfferedBaud { get; init; } = 9600;

    /// <summary>How long it takes to answer a message.</summary>
    public TimeSpan ReactionTime { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long it waits for an option select, after its identification has left, before it sends the read-out.</summary>
    public TimeSpan SelectTimeout { get; init; } = TimeSpan.FromMilliseconds(2200);

    /// <summary>Whether it stays in HDLC after DISC, until its inactivity time-out; otherwise it wants a sign-on at once.</summary>
    public bool StaysInHdlc { get; init; }

    /// <summary>The faults that are planted.</summary>
    public OpticalPortFaults Faults { get; init; }
}
