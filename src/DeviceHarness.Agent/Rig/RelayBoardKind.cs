namespace DeviceHarness.Agent.Rig;

/// <summary>What a relay board on a serial line speaks.</summary>
public enum RelayBoardKind
{
    /// <summary>Modbus RTU: a coil a channel.</summary>
    Modbus,

    /// <summary>The four octets of the small LCUS boards, which answer nothing.</summary>
    Lcus,
}
