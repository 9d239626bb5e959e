namespace DeviceHarness.Virtual.Power;

/// <summary>What a virtual relay board understands.</summary>
public enum RelayBoardProtocol
{
    /// <summary>Modbus RTU: a coil a channel.</summary>
    Modbus,

    /// <summary>Four octets for each command, and no answers, as the small LCUS boards have it.</summary>
    Lcus,
}
