namespace DeviceHarness.Drivers.Links.SignOn;

/// <summary>Where a sign-on stands.</summary>
public enum SignOnState
{
    /// <summary>Nothing is going on: not begun, or over.</summary>
    Idle = 0,

    /// <summary>The request is out.</summary>
    AwaitingIdentification,

    /// <summary>The device has identified itself and gets the time that it may need before it listens.</summary>
    Reacting,

    /// <summary>The option select is out.</summary>
    AwaitingConfirmation,

    /// <summary>The option select of a read-out is out; the line is to change its rate as soon as it has left.</summary>
    Switching,

    /// <summary>A read-out is to come, or comes.</summary>
    AwaitingReadOut,

    /// <summary>The line is at the new rate and rests.</summary>
    Settling,

    /// <summary>A try failed; the line rests before the next.</summary>
    Pausing,
}
