namespace DeviceHarness.Codecs.Security;

/// <summary>Why a protected APDU was refused, or could not be made.</summary>
public enum SecurityFaultKind
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The octets are no protected APDU; the codec fault says where.</summary>
    Malformed,

    /// <summary>The APDU is not ciphered at all.</summary>
    NotCiphered,

    /// <summary>The wrapper is general-ciphering or general-signing.</summary>
    WrapperNotSupported,

    /// <summary>No wrapper exists for the APDU in this form, such as glo- for data-notification.</summary>
    NoWrapper,

    /// <summary>The compression bit is set.</summary>
    CompressionNotSupported,

    /// <summary>The suite is not that of the association.</summary>
    SuiteMismatch,

    /// <summary>The APDU is protected less than it has to be.</summary>
    ProtectionTooWeak,

    /// <summary>The key that is asked for is not held: broadcast, or dedicated.</summary>
    KeyMissing,

    /// <summary>The sender's system title is neither in the APDU nor known.</summary>
    TitleUnknown,

    /// <summary>The sender's system title is not that of the association.</summary>
    TitleMismatch,

    /// <summary>The invocation counter was used before.</summary>
    CounterRepeated,

    /// <summary>The invocation counter is below one that was used before.</summary>
    CounterLowered,

    /// <summary>The invocation counter has reached FFFFFFFF: the key must be changed.</summary>
    CounterExhausted,

    /// <summary>The tag is wrong: another key, another title, or changed octets.</summary>
    AuthenticationFailed,

    /// <summary>What was deciphered is not the service that the wrapper names: as a rule another key.</summary>
    InnerTagMismatch,

    /// <summary>The mechanism cannot be carried out here.</summary>
    MechanismNotSupported,

    /// <summary>A challenge has fewer than 8 or more than 64 octets.</summary>
    ChallengeLength,

    /// <summary>Both challenges are the same: one side only repeats the other.</summary>
    ChallengeRepeated,

    /// <summary>The proof over the challenge is wrong: another secret or key.</summary>
    ProofWrong,
}
