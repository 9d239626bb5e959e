namespace DeviceHarness.Virtual.ZigBee.KeyEstablishment;

/// <summary>How an exchange ended: the status of the command Terminate, and two ends that it has no number for.</summary>
public enum KeyExchangeStatus
{
    /// <summary>Both have the key.</summary>
    Established = 0,

    /// <summary>The issuer is not one that is trusted.</summary>
    UnknownIssuer = 1,

    /// <summary>What was to prove the key does not.</summary>
    BadKeyConfirm = 2,

    /// <summary>A message that cannot be: malformed, out of turn, of another suite, or with another's certificate.</summary>
    BadMessage = 3,

    /// <summary>Busy with another.</summary>
    NoResources = 4,

    /// <summary>A suite that it has no certificate of.</summary>
    UnsupportedSuite = 5,

    /// <summary>A certificate that is not for agreeing on keys.</summary>
    InvalidKeyUsage = 6,

    /// <summary>The partner said nothing in its time.</summary>
    TimedOut = 0x100,
}
