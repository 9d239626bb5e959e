namespace DeviceHarness.Abstractions.Execution;

/// <summary>The way by which the devices were reached.</summary>
public enum Route
{
    /// <summary>The device's own data port on the bench: a serial line, an optical probe, or a TCP connection. Which of them it was is
    /// in <see cref="BenchDevice.Link"/>, and in the evidence.</summary>
    LocalSerial,

    /// <summary>The HAN, through an adapter on the bench.</summary>
    LocalHan,

    /// <summary>The DCC path.</summary>
    Dcc,
}
