namespace DeviceHarness.Drivers.ZigBeeAdapter.Ash;

/// <summary>What happened on a link since it was made; for diagnosis.</summary>
public sealed class AshLinkCounters
{
    /// <summary>EZSP frames delivered.</summary>
    public long Delivered { get; internal set; }

    /// <summary>EZSP frames sent, each once.</summary>
    public long Sent { get; internal set; }

    /// <summary>Frames sent again.</summary>
    public long Repeated { get; internal set; }

    /// <summary>Acknowledgements that did not come in time.</summary>
    public long AckTimeouts { get; internal set; }

    /// <summary>NAK frames sent.</summary>
    public long NaksSent { get; internal set; }

    /// <summary>NAK frames received.</summary>
    public long NaksReceived { get; internal set; }

    /// <summary>Frames that the adapter sent again though they had come.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Frames with a right checksum out of sequence, or with an acknowledgement of what was never sent.</summary>
    public long OutOfSequence { get; internal set; }

    /// <summary>Frames that were not taken since nobody fetched the ones before; the adapter sends them again.</summary>
    public long NotTaken { get; internal set; }

    /// <summary>Holds by XOFF that no XON ended.</summary>
    public long HoldsExpired { get; internal set; }

    /// <summary>Times that the adapter was lost: rebooted, stopped or silent.</summary>
    public long Losses { get; internal set; }
}
