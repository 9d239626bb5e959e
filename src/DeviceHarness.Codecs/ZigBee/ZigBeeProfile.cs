namespace DeviceHarness.Codecs.ZigBee;

/// <summary>Numbers of profiles, devices and addresses.</summary>
/// <remarks>Spec: ZigBee Smart Energy profile and ZigBee specification, as this harness's ZigBee guide sums them up.</remarks>
public static class ZigBeeProfile
{
    /// <summary>The ZigBee device profile, on endpoint 0.</summary>
    public const ushort Device = 0x0000;

    /// <summary>Smart Energy.</summary>
    public const ushort SmartEnergy = 0x0109;

    /// <summary>Home Automation.</summary>
    public const ushort HomeAutomation = 0x0104;

    /// <summary>The device on which an energy service interface, such as a hub, is.</summary>
    public const ushort EnergyServiceInterface = 0x0500;

    /// <summary>A meter, and each mirror of one.</summary>
    public const ushort MeteringDevice = 0x0501;

    /// <summary>A display in the home.</summary>
    public const ushort InHomeDisplay = 0x0502;

    /// <summary>A prepayment terminal.</summary>
    public const ushort PrepaymentTerminal = 0x0506;

    /// <summary>The address of all devices.</summary>
    public const ushort BroadcastAll = 0xFFFF;

    /// <summary>The address of all devices whose receiver is on.</summary>
    public const ushort BroadcastAwake = 0xFFFD;

    /// <summary>The address of all routers.</summary>
    public const ushort BroadcastRouters = 0xFFFC;

    /// <summary>The coordinator's address.</summary>
    public const ushort Coordinator = 0x0000;

    /// <summary>The name of a device number of the Smart Energy profile; empty for another.</summary>
    /// <param name="device">The number.</param>
    public static string DeviceName(ushort device) => device switch
    {
        0x0008 => "range extender",
        EnergyServiceInterface => "energy service interface",
        MeteringDevice => "metering device",
        InHomeDisplay => "in-home display",
        0x0503 => "programmable communicating thermostat",
        0x0504 => "load control device",
        0x0505 => "smart appliance",
        PrepaymentTerminal => "prepayment terminal",
        0x0507 => "physical device",
        0x0508 => "remote communications device",
        _ => "",
    };
}
