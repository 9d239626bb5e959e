namespace DeviceHarness.Transports.Gpio;

/// <summary>The pull at a GPIO line.</summary>
public enum GpioBias
{
    /// <summary>As the chip was left.</summary>
    AsIs,

    /// <summary>None.</summary>
    Disabled,

    /// <summary>To the supply.</summary>
    PullUp,

    /// <summary>To ground.</summary>
    PullDown,
}
