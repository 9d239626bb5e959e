namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>The adapter's own certificate.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="Certificate">74 octets.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct CertificateResponse283K1(EzspStatusCode Status, ReadOnlyMemory<byte> Certificate)
    : IEzspMessage<CertificateResponse283K1>
{
    /// <inheritdoc/>
    public static CertificateResponse283K1 Read(ref EzspReader reader) => new(reader.ReadEmberStatus(), reader.ReadOctets(74));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEmberStatus(Status);
        writer.WriteFixed(Certificate, 74);
    }
}
