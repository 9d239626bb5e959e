namespace DeviceHarness.Abstractions.Execution;

/// <summary>The way by which the devices were reached.</summary>
public enum Route
{
    /// <summary>A serial line or optical probe on the bench.</summary>
    LocalSerial,

    /// <summary>The HAN, through an adapter on the bench.</summary>
    LocalHan,

    /// <summary>The DCC path.</summary>
    Dcc,
}
