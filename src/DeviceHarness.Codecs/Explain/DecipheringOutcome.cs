namespace DeviceHarness.Codecs.Explain;

/// <summary>How far deciphering came.</summary>
internal enum DecipheringOutcome
{
    /// <summary>The APDU is in clear.</summary>
    Opened = 0,

    /// <summary>The sender's system title is not known.</summary>
    NoTitle,

    /// <summary>There is no key of the suite's length.</summary>
    NoKey,

    /// <summary>Keys and titles were tried and none fits.</summary>
    NoneFits,
}
