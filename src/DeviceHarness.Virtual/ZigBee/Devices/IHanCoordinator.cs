using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>The coordinator and trust centre of a network, as the devices on the radio see it.</summary>
public interface IHanCoordinator
{
    /// <summary>A device asks to join.</summary>
    /// <param name="device">The device.</param>
    /// <param name="linkKey">The link key that it holds: with another it cannot read the network key that it gets.</param>
    /// <param name="now">The time.</param>
    /// <returns>What it got.</returns>
    HanAdmission Admit(VirtualHanDevice device, EzspKey linkKey, TimeSpan now);

    /// <summary>A device that was in the network asks to come back without the network key.</summary>
    /// <param name="device">The device.</param>
    /// <param name="linkKey">The link key that it holds.</param>
    /// <param name="now">The time.</param>
    /// <returns>What it got.</returns>
    HanAdmission Readmit(VirtualHanDevice device, EzspKey linkKey, TimeSpan now);

    /// <summary>A device left.</summary>
    /// <param name="device">The device.</param>
    /// <param name="now">The time.</param>
    void OnLeft(VirtualHanDevice device, TimeSpan now);
}

/// <summary>What a device that asked to join got.</summary>
/// <param name="IsAdmitted">Whether it is in the network.</param>
/// <param name="ShortAddress">Its short address.</param>
/// <param name="NetworkKey">The network key.</param>
public readonly record struct HanAdmission(bool IsAdmitted, ushort ShortAddress, EzspKey NetworkKey)
{
    /// <summary>The device did not get in.</summary>
    public static HanAdmission Refused => default;
}
