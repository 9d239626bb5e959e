namespace DeviceHarness.Drivers.Links.SignOn;

/// <summary>What a step of a sign-on led to.</summary>
public enum SignOnEvent
{
    /// <summary>It goes on.</summary>
    None = 0,

    /// <summary>Both ends are at the agreed rate: HDLC may begin. Of mode C: the read-out came whole.</summary>
    SignedOn,

    /// <summary>It failed.</summary>
    Failed,
}

/// <summary>Why a sign-on failed.</summary>
public enum SignOnFailure
{
    /// <summary>It did not.</summary>
    None = 0,

    /// <summary>Nothing came.</summary>
    Silence,

    /// <summary>Something came that is no identification.</summary>
    NoIdentification,

    /// <summary>The device identified itself, and did not confirm mode E.</summary>
    NoConfirmation,

    /// <summary>The device answered with a data read-out: it does not take the select for mode E.</summary>
    ReadOut,

    /// <summary>The device offers, or confirmed, what is no rate, or one above what it was asked for, or another mode.</summary>
    Violation,

    /// <summary>The device will speak at another rate than the one that the line is fixed to.</summary>
    RateFixed,

    /// <summary>The device was asked for a read-out and sent none, or did not end it.</summary>
    NoReadOut,

    /// <summary>The read-out came with damage: its block check character is another, or it is longer than any.</summary>
    DamagedReadOut,
}
