using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>The objects of a comms hub's service port that the driver uses. No description of such a port has been published: which
/// objects a model has is said by its profile alone.</summary>
/// <param name="Identity">The hub's EUI-64, as an octet-string of 8 octets or as 16 hexadecimal digits.</param>
/// <param name="FirmwareActive">The version of the firmware that runs.</param>
/// <param name="ClockTime">The clock's time, by which logs are read.</param>
public sealed record HubObjectMap(
    CosemAttributeDescriptor Identity, CosemAttributeDescriptor FirmwareActive, CosemAttributeDescriptor ClockTime)
{
    /// <summary>The event logs that the model has.</summary>
    public IReadOnlyDictionary<EventLog, ObisCode> EventLogs { get; init; } = new Dictionary<EventLog, ObisCode>();

    /// <summary>The log of the devices on the home area network; null when the model does not show it.</summary>
    public HanDeviceLogObject? DeviceLog { get; init; }

    /// <summary>The state of the wide area network; null when the model does not show it.</summary>
    public CosemAttributeDescriptor? WanStatus { get; init; }

    /// <summary>The alerts that wait to be sent, a profile of class 7; null when the model does not show them.</summary>
    public ObisCode? AlertQueue { get; init; }
}

/// <summary>Where a hub keeps its log of home area network devices, and how it is changed.</summary>
/// <param name="Entries">The attribute that lists the devices.</param>
/// <param name="Register">The method that adds a device.</param>
/// <param name="Unregister">The method that removes one.</param>
public sealed record HanDeviceLogObject(
    CosemAttributeDescriptor Entries, CosemMethodDescriptor Register, CosemMethodDescriptor Unregister);
