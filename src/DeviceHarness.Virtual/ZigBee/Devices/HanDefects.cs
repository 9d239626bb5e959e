namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>A known fault of a device on the network itself; each is described by what it does on the air.</summary>
[Flags]
public enum HanDefects
{
    /// <summary>A device as the specification wants it.</summary>
    None = 0,

    /// <summary><c>key-update-ignored</c>: the device takes no next network key, and is deaf after the switch.</summary>
    KeyUpdateIgnored = 1,

    /// <summary><c>join-refused</c>: the device hears that a network is open and does not ask to join.</summary>
    JoinRefused = 2,
}
