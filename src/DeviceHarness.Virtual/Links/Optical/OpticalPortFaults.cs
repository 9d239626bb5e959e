namespace DeviceHarness.Virtual.Links.Optical;

/// <summary>What an optical port does that the standard does not allow.</summary>
[Flags]
public enum OpticalPortFaults
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>silent</c>: no request message is answered.</summary>
    Silent = 1,

    /// <summary><c>no-confirmation</c>: an option select is never answered.</summary>
    NoConfirmation = 2,

    /// <summary><c>ignores-mode-e</c>: the select of mode E is answered with a data read-out at the rate of the sign-on, as by a meter that
    /// does not know it.</summary>
    IgnoresModeE = 4,

    /// <summary><c>unknown-rate</c>: mode E is confirmed with a character that stands for no rate.</summary>
    UnknownRate = 8,

    /// <summary><c>faster-than-asked</c>: mode E is confirmed with one rate above the one asked for.</summary>
    FasterThanAsked = 16,

    /// <summary><c>stays-slow</c>: mode E is confirmed, and the port stays at the rate of the sign-on.</summary>
    StaysSlow = 32,

    /// <summary><c>wrong-check</c>: the block check character of a read-out has its lowest bit inverted.</summary>
    WrongCheck = 64,
}
