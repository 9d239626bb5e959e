namespace DeviceHarness.Duis.Service;

/// <summary>The service that a request is posted to.</summary>
public enum ServicePath
{
    /// <summary>Commands that go to a device.</summary>
    SendCommand,

    /// <summary>Critical requests that are to become a pre-command.</summary>
    Transform,

    /// <summary>Requests that the service itself answers, and commands for local delivery.</summary>
    NonDevice,
}
