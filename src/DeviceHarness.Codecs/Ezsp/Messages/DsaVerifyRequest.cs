namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Has a signature verified.</summary>
/// <param name="Digest">The digest of the message: 16 octets.</param>
/// <param name="SignerCertificate">48 octets.</param>
/// <param name="R">The first half of the signature: 21 octets.</param>
/// <param name="S">The second half: 21 octets.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct DsaVerifyRequest(
    ReadOnlyMemory<byte> Digest, ReadOnlyMemory<byte> SignerCertificate, ReadOnlyMemory<byte> R, ReadOnlyMemory<byte> S)
    : IEzspMessage<DsaVerifyRequest>
{
    /// <inheritdoc/>
    public static DsaVerifyRequest Read(ref EzspReader reader) => new(
        reader.ReadOctets(16), reader.ReadOctets(48), reader.ReadOctets(21), reader.ReadOctets(21));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteFixed(Digest, 16);
        writer.WriteFixed(SignerCertificate, 48);
        writer.WriteFixed(R, 21);
        writer.WriteFixed(S, 21);
    }
}
