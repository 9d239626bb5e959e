namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Has a signature verified.</summary>
/// <param name="Digest">The digest of the message: 16 octets.</param>
/// <param name="SignerCertificate">74 octets.</param>
/// <param name="R">The first half of the signature: 36 octets.</param>
/// <param name="S">The second half: 36 octets.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct DsaVerifyRequest283K1(
    ReadOnlyMemory<byte> Digest, ReadOnlyMemory<byte> SignerCertificate, ReadOnlyMemory<byte> R, ReadOnlyMemory<byte> S)
    : IEzspMessage<DsaVerifyRequest283K1>
{
    /// <inheritdoc/>
    public static DsaVerifyRequest283K1 Read(ref EzspReader reader) => new(
        reader.ReadOctets(16), reader.ReadOctets(74), reader.ReadOctets(36), reader.ReadOctets(36));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteFixed(Digest, 16);
        writer.WriteFixed(SignerCertificate, 74);
        writer.WriteFixed(R, 36);
        writer.WriteFixed(S, 36);
    }
}
