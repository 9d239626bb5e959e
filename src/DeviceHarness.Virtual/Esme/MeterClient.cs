using DeviceHarness.Codecs.Acse;

namespace DeviceHarness.Virtual.Esme;

/// <summary>A client that the meter knows.</summary>
/// <param name="Address">The client's HDLC address and SAP, such as 16 (public) or 1 (management).</param>
/// <param name="Access">What it may do.</param>
/// <param name="TestPassword">The password of low-level security; null for a client without. Only ever a test secret.</param>
public sealed record MeterClient(int Address, ClientAccess Access, string? TestPassword)
{
    /// <summary>How it proves who it is.</summary>
    public AuthenticationMechanism Mechanism { get; init; } =
        TestPassword is null ? AuthenticationMechanism.None : AuthenticationMechanism.LowLevel;

    /// <summary>The secret of an HLS mechanism that has one; null for the others. Only ever a test secret.</summary>
    public string? TestSecret { get; init; }

    /// <summary>Whether its application context is the one with ciphering.</summary>
    public bool IsCiphered { get; init; }

    /// <summary>Whether the meter's global keys are needed for it.</summary>
    public bool NeedsKeys => IsCiphered || Mechanism == AuthenticationMechanism.HighLevelGmac;

    /// <summary>The client without its secrets.</summary>
    public override string ToString() => $"client {Address}, {Access}, {Mechanism}{(IsCiphered ? ", ciphered" : string.Empty)}";
}
