using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Cbke;

namespace DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

/// <summary>What one side of one exchange computes, wherever that is done.</summary>
internal interface IKeyAgreement : IDisposable
{
    /// <summary>The own certificate.</summary>
    ImplicitCertificate Certificate { get; }

    /// <summary>The own ephemeral public key, compressed.</summary>
    byte[] Ephemeral();

    /// <summary>Takes the peer's certificate.</summary>
    /// <returns>What is wrong with its issuer or key; null when nothing is.</returns>
    TerminateStatus? TakeCertificate(ImplicitCertificate peer);

    /// <summary>Takes the peer's ephemeral key and computes the keys.</summary>
    /// <returns>False when it is no key that may be used.</returns>
    bool TryTakeEphemeral(ReadOnlySpan<byte> octets);

    /// <summary>The MAC of one side, once the keys are computed: 16 octets.</summary>
    byte[] Mac(EstablishmentRole of);

    /// <summary>The link key; null when it stays where it was computed.</summary>
    CipherKey? LinkKey();
}
