namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Gives the adapter the certificate and keys of the curve sect163k1.</summary>
/// <param name="AuthorityPublicKey">The authority's public key: 22 octets, compressed.</param>
/// <param name="Certificate">The own certificate.</param>
/// <param name="PrivateKey">The own private key.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SetPreinstalledCbkeDataRequest(
    ReadOnlyMemory<byte> AuthorityPublicKey, ReadOnlyMemory<byte> Certificate, ReadOnlyMemory<byte> PrivateKey)
    : IEzspMessage<SetPreinstalledCbkeDataRequest>
{
    /// <inheritdoc/>
    public static SetPreinstalledCbkeDataRequest Read(ref EzspReader reader) => new(
        reader.ReadOctets(22), reader.ReadOctets(48), reader.ReadOctets(21));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteFixed(AuthorityPublicKey, 22);
        writer.WriteFixed(Certificate, 48);
        writer.WriteFixed(PrivateKey, 21);
    }
}
