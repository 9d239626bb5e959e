using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Acse;

/// <summary>One proof of HLS: pass 3, where the client proves itself over StoC, or pass 4, where the server does over CtoS.</summary>
/// <remarks>Spec: IEC 62056-5-3, HLS authentication, passes 3 and 4.</remarks>
public readonly ref struct HlsPass
{
    /// <summary>What the prover was challenged with.</summary>
    public ReadOnlySpan<byte> Challenge { get; init; }

    /// <summary>What the prover challenged the other side with; only SHA-256 needs it.</summary>
    public ReadOnlySpan<byte> ProverChallenge { get; init; }

    /// <summary>The prover's system title; SHA-256 needs it, GMAC takes it from its security context.</summary>
    public SystemTitle? ProverTitle { get; init; }

    /// <summary>The other side's system title; only SHA-256 needs it.</summary>
    public SystemTitle? VerifierTitle { get; init; }
}
