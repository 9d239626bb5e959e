namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>An ephemeral key pair was made: its public half, of the curve sect283k1.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="EphemeralPublicKey">37 octets, compressed.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct GeneratedCbkeKeys283K1(EzspStatusCode Status, ReadOnlyMemory<byte> EphemeralPublicKey)
    : IEzspMessage<GeneratedCbkeKeys283K1>
{
    /// <inheritdoc/>
    public static GeneratedCbkeKeys283K1 Read(ref EzspReader reader) => new(reader.ReadEmberStatus(), reader.ReadOctets(37));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEmberStatus(Status);
        writer.WriteFixed(EphemeralPublicKey, 37);
    }
}
