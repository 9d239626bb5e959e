namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>The adapter's own certificate.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="Certificate">48 octets.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct CertificateResponse(EzspStatusCode Status, ReadOnlyMemory<byte> Certificate)
    : IEzspMessage<CertificateResponse>
{
    /// <inheritdoc/>
    public static CertificateResponse Read(ref EzspReader reader) => new(reader.ReadEmberStatus(), reader.ReadOctets(48));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEmberStatus(Status);
        writer.WriteFixed(Certificate, 48);
    }
}
