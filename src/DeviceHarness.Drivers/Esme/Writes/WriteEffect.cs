namespace DeviceHarness.Drivers.Esme.Writes;

/// <summary>What a step of a write does to the device.</summary>
internal enum WriteEffect
{
    /// <summary>None: it withdraws what was to happen later.</summary>
    None,

    /// <summary>Nothing yet: a later step puts it into force.</summary>
    Prepared,

    /// <summary>It holds at once.</summary>
    InForce,

    /// <summary>It will hold at the date of the request.</summary>
    Dated,
}
