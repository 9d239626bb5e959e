namespace DeviceHarness.Codecs.ZigBee;

/// <summary>To whom an APS frame goes.</summary>
/// <remarks>Spec: ZigBee specification, APS frame control, delivery mode.</remarks>
public enum ApsDelivery
{
    /// <summary>One endpoint of one device.</summary>
    Unicast = 0,

    /// <summary>An endpoint of all devices that the network address names.</summary>
    Broadcast = 2,

    /// <summary>A group.</summary>
    Group = 3,
}
