namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>Why a fragment of a message was not taken.</summary>
public enum ZigBeeFragmentFault
{
    /// <summary>It went to more than this node.</summary>
    NotUnicast = 0,

    /// <summary>It carries nothing.</summary>
    Empty,

    /// <summary>It states that its message has no fragments, or another number than before.</summary>
    WrongCount,

    /// <summary>Its number is not below that of its message's fragments.</summary>
    WrongNumber,

    /// <summary>Fragments before it have not come.</summary>
    Missing,

    /// <summary>It repeats a fragment with other octets.</summary>
    Changed,

    /// <summary>Some fragments of its message are encrypted with the link key, and some are not.</summary>
    MixedProtection,

    /// <summary>Its message is longer than what is put together.</summary>
    Oversize,

    /// <summary>As many messages as there is room for are incomplete.</summary>
    TooMany,

    /// <summary>The next fragment did not come in time.</summary>
    TimedOut,

    /// <summary>The adapter did not take the acknowledgement.</summary>
    NotAcknowledged,
}
