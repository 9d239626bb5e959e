using DeviceHarness.Codecs.Security.Cbke;

namespace DeviceHarness.Virtual.ZigBee.KeyEstablishment;

/// <summary>What a virtual device brings to key establishment.</summary>
public sealed record KeyExchangeOptions
{
    /// <summary>The device's EUI-64, as a number.</summary>
    public required ulong Eui64 { get; init; }

    /// <summary>Its certificate and private key.</summary>
    public required CbkeIdentity Identity { get; init; }

    /// <summary>The authority whose certificates it takes.</summary>
    public required TrustedAuthority Authority { get; init; }

    /// <summary>How long it computes an ephemeral key, in whole seconds (1 to 254); it says so to its partner.</summary>
    public byte EphemeralSeconds { get; init; } = 2;

    /// <summary>How long it computes the keys, in whole seconds (1 to 254); it says so to its partner.</summary>
    public byte ConfirmSeconds { get; init; } = 3;

    /// <summary>How much longer than it says a partner may take.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>When a partner that it ended an exchange with may begin the next, in whole seconds.</summary>
    public byte WaitSeconds { get; init; } = 10;

    /// <summary>A defect: it takes a partner whose certificate names another EUI-64.</summary>
    public bool TakesForeignSubject { get; init; }

    /// <summary>A defect: what it confirms by is wrong.</summary>
    public bool ConfirmsWrongly { get; init; }

    /// <summary>A defect: it agrees and then goes on with the key before.</summary>
    public bool ForgetsKey { get; init; }
}
