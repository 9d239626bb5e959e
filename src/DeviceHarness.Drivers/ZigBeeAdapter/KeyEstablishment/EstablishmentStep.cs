namespace DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

/// <summary>Where a key establishment stands.</summary>
public enum EstablishmentState
{
    /// <summary>Nothing was sent; a responder waits for a peer.</summary>
    Idle = 0,

    /// <summary>The initiator waits for the certificate.</summary>
    AwaitingInitiate,

    /// <summary>The other's ephemeral key is due.</summary>
    AwaitingEphemeral,

    /// <summary>The other's MAC is due.</summary>
    AwaitingConfirm,

    /// <summary>Both have proved the key.</summary>
    Established,

    /// <summary>It was ended.</summary>
    Failed,
}

/// <summary>What a step led to.</summary>
public enum EstablishmentEvent
{
    /// <summary>It goes on.</summary>
    None = 0,

    /// <summary>The link key is there and proved; what is transmitted must leave under the network key only, before the key is put to
    /// use.</summary>
    Established,

    /// <summary>It failed: see the failure.</summary>
    Failed,

    /// <summary>A message came that belongs to no exchange, and was passed over.</summary>
    Ignored,
}

/// <summary>Why a key establishment failed.</summary>
public enum EstablishmentFailure
{
    /// <summary>It did not.</summary>
    None = 0,

    /// <summary>We ended it; the status says why.</summary>
    RefusedPeer,

    /// <summary>The other side ended it; the status says why.</summary>
    RefusedByPeer,

    /// <summary>The other side did not answer within the time that it stated.</summary>
    Silence,

    /// <summary>It was given up from above.</summary>
    Abandoned,
}

/// <summary>What a step of key establishment wants done.</summary>
/// <param name="Transmit">What to send; null when nothing.</param>
/// <param name="Event">What it led to.</param>
/// <param name="NextTick">When it must be ticked, unless a message comes before; null when nothing is waited for.</param>
public readonly record struct EstablishmentStep(EstablishmentMessage? Transmit, EstablishmentEvent Event, TimeSpan? NextTick);
