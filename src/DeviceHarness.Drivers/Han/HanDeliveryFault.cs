namespace DeviceHarness.Drivers.Han;

/// <summary>Why a message did not reach a device.</summary>
public enum HanDeliveryFault
{
    /// <summary>The device did not acknowledge it: out of range, without power, or asleep.</summary>
    NotAcknowledged = 0,

    /// <summary>The device sleeps and gave no sign of waking in time; the message was never sent.</summary>
    Asleep,

    /// <summary>Too many messages wait for the device, or in all.</summary>
    OutboxFull,

    /// <summary>The adapter did not take it: too long, too many under way, no key, no network.</summary>
    RefusedByAdapter,

    /// <summary>The adapter did not say what became of it.</summary>
    Unknown,

    /// <summary>Other messages to the device took all the time that it had.</summary>
    QueueTimeout,
}
