namespace DeviceHarness.Virtual.Alerts;

/// <summary>How a meter pushes its alerts.</summary>
/// <remarks>Spec: IEC 62056-5-3, EventNotification and DataNotification, as the domain guide gives them: on HDLC in UI frames, without
/// an answer. What the standard leaves open is the harness's choice: the meter speaks by itself once the line was quiet for a while,
/// whether or not a link is up.</remarks>
public sealed record PushOptions
{
    /// <summary>The client that is pushed to: its HDLC address or port (1 to 127).</summary>
    public int Client { get; init; } = 1;

    /// <summary>The service.</summary>
    public PushForm Form { get; init; }

    /// <summary>For how long nothing must have passed the line before the meter speaks by itself (0 to 60 s).</summary>
    public TimeSpan QuietTime { get; init; } = TimeSpan.FromMilliseconds(200);
}
