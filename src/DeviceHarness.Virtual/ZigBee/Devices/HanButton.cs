namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>A button of a device on the radio.</summary>
public enum HanButton
{
    /// <summary>Confirms the message that is shown.</summary>
    Confirm,

    /// <summary>Takes emergency credit.</summary>
    EmergencyCredit,

    /// <summary>Opens an armed valve, or closes an armed contactor.</summary>
    Reconnect,
}
