namespace DeviceHarness.Virtual.Alerts;

/// <summary>The service by which a meter pushes its alerts.</summary>
public enum PushForm
{
    /// <summary>EventNotification: the event code object's value, with the time of the event.</summary>
    EventNotification,

    /// <summary>DataNotification: push setup and event code in a structure, with the time of the event.</summary>
    DataNotification,
}
