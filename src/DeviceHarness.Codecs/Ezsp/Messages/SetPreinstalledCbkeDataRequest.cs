using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Gives the adapter the certificate and keys of the curve sect163k1.</summary>
/// <param name="AuthorityPublicKey">The authority's public key: 22 octets, compressed.</param>
/// <param name="Certificate">The own certificate.</param>
/// <param name="PrivateKey">The own private key, 21 octets; null when the frame had none.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SetPreinstalledCbkeDataRequest(
    ReadOnlyMemory<byte> AuthorityPublicKey, ReadOnlyMemory<byte> Certificate, SharedSecret? PrivateKey)
    : IEzspMessage<SetPreinstalledCbkeDataRequest>
{
    private const int PrivateOctets = 21;

    /// <inheritdoc/>
    public static SetPreinstalledCbkeDataRequest Read(ref EzspReader reader)
    {
        ReadOnlyMemory<byte> authority = reader.ReadOctets(22);
        ReadOnlyMemory<byte> certificate = reader.ReadOctets(48);
        ReadOnlyMemory<byte> secret = reader.ReadOctets(PrivateOctets);
        return new(authority, certificate, secret.IsEmpty ? null : SharedSecret.Create(secret.Span));
    }

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteFixed(AuthorityPublicKey, 22);
        writer.WriteFixed(Certificate, 48);
        writer.WriteFixed(PrivateKey?.Reveal().ToArray(), PrivateOctets);
    }
}
