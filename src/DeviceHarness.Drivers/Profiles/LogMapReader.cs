using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Reads which logs a device model has.</summary>
internal static class LogMapReader
{
    private static readonly (string Key, EventLog Log)[] EventLogKeys =
        [("event-log", EventLog.Event), ("security-log", EventLog.Security), ("power-event-log", EventLog.PowerEvent)];

    /// <summary>The event logs among other objects.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">A value is not allowed.</exception>
    internal static IReadOnlyDictionary<EventLog, ObisCode> ReadEventLogs(ConfigurationNode objects)
    {
        Dictionary<EventLog, ObisCode> eventLogs = [];
        foreach ((string key, EventLog log) in EventLogKeys)
        {
            if (ReadLog(objects, key) is { } name)
            {
                eventLogs[log] = name;
            }
        }

        return eventLogs;
    }

    /// <summary>The logical name of a log; null when the model does not have it.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">A value is not allowed.</exception>
    internal static ObisCode? ReadLog(ConfigurationNode objects, string key)
    {
        if (objects.Find(key) is not { } node)
        {
            return null;
        }

        _ = node.Require("class").AsInteger(ProfileGeneric.ClassId, ProfileGeneric.ClassId);
        ObisCode name = DeviceProfileLoader.NameOf(node);
        node.RejectOtherKeys();
        return name;
    }
}
