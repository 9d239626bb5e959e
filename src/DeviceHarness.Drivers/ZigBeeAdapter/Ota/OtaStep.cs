namespace DeviceHarness.Drivers.ZigBeeAdapter.Ota;

/// <summary>What a step of an upgrade server led to.</summary>
public enum OtaEvent
{
    /// <summary>Nothing to tell.</summary>
    None = 0,

    /// <summary>A client was offered an image.</summary>
    Offered,

    /// <summary>A client asked, and there is none for it.</summary>
    NothingOffered,

    /// <summary>A client took its first block.</summary>
    Started,

    /// <summary>A client goes on in the middle: this server has not seen its beginning.</summary>
    Resumed,

    /// <summary>A client took a block.</summary>
    Progressed,

    /// <summary>A client was told to wait.</summary>
    Deferred,

    /// <summary>The last octet was sent; the client verifies now, which may take many minutes.</summary>
    AllSent,

    /// <summary>A client confirmed the image, and was told when to run it.</summary>
    Confirmed,

    /// <summary>A client refused the image or gave up; its status says which.</summary>
    RefusedByClient,

    /// <summary>A client was told that its download is over.</summary>
    Aborted,

    /// <summary>A client has been silent for too long.</summary>
    Stalled,

    /// <summary>A client sent what is malformed, or asked for what is not there.</summary>
    Refused,
}

/// <summary>What a step of an upgrade server wants done.</summary>
/// <param name="Client">Whom it is about, as a number; 0 when nobody.</param>
/// <param name="Answer">What to send; null when nothing.</param>
/// <param name="Event">What it led to.</param>
/// <param name="NextTick">When it must be ticked, unless a message comes before; null when nothing is waited for.</param>
public readonly record struct OtaStep(ulong Client, OtaAnswer? Answer, OtaEvent Event, TimeSpan? NextTick);
