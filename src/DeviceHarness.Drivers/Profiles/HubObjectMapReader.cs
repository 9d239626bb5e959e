using DeviceHarness.Abstractions.Configuration;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Reads the mapping <c>hub-objects</c> of a profile.</summary>
internal static class HubObjectMapReader
{
    /// <summary>Reads it.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">A key or value is not allowed.</exception>
    internal static HubObjectMap Read(ConfigurationNode objects)
    {
        HubObjectMap map = new(
            DeviceProfileLoader.ReadAttribute(objects.Require("identity"), "value"),
            DeviceProfileLoader.ReadAttribute(objects.Require("firmware-active"), "value"),
            DeviceProfileLoader.ReadAttribute(objects.Require("clock"), "time"))
        {
            EventLogs = LogMapReader.ReadEventLogs(objects),
            DeviceLog = objects.Find("han-device-log") is { } log ? ReadDeviceLog(log) : null,
            WanStatus = objects.Find("wan-status") is { } wan ? DeviceProfileLoader.ReadAttribute(wan, "value") : null,
            AlertQueue = LogMapReader.ReadLog(objects, "alert-queue"),
        };
        objects.RejectOtherKeys();
        return map;
    }

    private static HanDeviceLogObject ReadDeviceLog(ConfigurationNode node)
    {
        HanDeviceLogObject log = new(
            DeviceProfileLoader.Attribute(node, "entries"),
            DeviceProfileLoader.Method(node, "register"),
            DeviceProfileLoader.Method(node, "unregister"));
        node.RejectOtherKeys();
        return log;
    }
}
