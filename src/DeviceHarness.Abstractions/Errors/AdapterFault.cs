namespace DeviceHarness.Abstractions.Errors;

/// <summary>What is wrong with the ZigBee adapter of a bench.</summary>
public enum AdapterFault
{
    /// <summary>It does not answer its reset: not there, asleep, another speed, or other firmware.</summary>
    Silent = 0,

    /// <summary>It runs its bootloader and not its application.</summary>
    Bootloader,

    /// <summary>Its firmware speaks another protocol, or a version of it that the harness does not.</summary>
    WrongFirmware,

    /// <summary>It was reset without being asked: all that it had been told is gone.</summary>
    Rebooted,

    /// <summary>It has stopped, and says why.</summary>
    Stopped,

    /// <summary>It no longer acknowledges, or its line is too bad.</summary>
    LinkLost,

    /// <summary>It answers, but not the command that waits.</summary>
    NoAnswer,

    /// <summary>It refuses a command.</summary>
    Refused,

    /// <summary>What it sends does not fit the version that it speaks.</summary>
    BrokenProtocol,
}
