namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>What became of a top-up.</summary>
/// <remarks>Spec: ZigBee Smart Energy profile, ConsumerTopUpResponse, result type.</remarks>
public enum TopUpResult : byte
{
    /// <summary>The credit was added.</summary>
    Accepted = 0x00,

    /// <summary>The code is none for this meter.</summary>
    InvalidTopUp = 0x01,

    /// <summary>The code was used before.</summary>
    DuplicateTopUp = 0x02,

    /// <summary>Something else went wrong.</summary>
    Error = 0x03,

    /// <summary>The credit would be more than the meter may hold.</summary>
    MaximumCreditReached = 0x04,

    /// <summary>Too many wrong codes were entered.</summary>
    KeypadLocked = 0x05,

    /// <summary>The amount is more than one top-up may add.</summary>
    ValueTooLarge = 0x06,

    /// <summary>The credit was added, and the supply is on.</summary>
    AcceptedSupplyEnabled = 0x10,

    /// <summary>The credit was added, and the supply stays off.</summary>
    AcceptedSupplyDisabled = 0x11,

    /// <summary>The credit was added, and the supply waits for its button.</summary>
    AcceptedSupplyArmed = 0x12,
}
