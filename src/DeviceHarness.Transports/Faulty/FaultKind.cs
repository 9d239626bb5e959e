namespace DeviceHarness.Transports.Faulty;

/// <summary>What can happen to an octet on its way.</summary>
public enum FaultKind
{
    /// <summary>The octet is lost.</summary>
    Loss,

    /// <summary>One bit of the octet is turned.</summary>
    Flip,

    /// <summary>The octet comes twice.</summary>
    Duplicate,

    /// <summary>Octets that nobody sent come after it.</summary>
    Garbage,

    /// <summary>The octet and all after it come a little later.</summary>
    Delay,

    /// <summary>The line stands still before the octet, longer than most time-outs.</summary>
    Stall,

    /// <summary>The line is gone before the octet.</summary>
    HangUp,

    /// <summary>The octet and some after it come as at a wrong baud rate.</summary>
    WrongBaud,
}
