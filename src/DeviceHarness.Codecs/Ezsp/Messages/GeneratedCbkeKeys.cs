namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>An ephemeral key pair was made: its public half, of the curve sect163k1.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="EphemeralPublicKey">22 octets, compressed.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct GeneratedCbkeKeys(EzspStatusCode Status, ReadOnlyMemory<byte> EphemeralPublicKey)
    : IEzspMessage<GeneratedCbkeKeys>
{
    /// <inheritdoc/>
    public static GeneratedCbkeKeys Read(ref EzspReader reader) => new(reader.ReadEmberStatus(), reader.ReadOctets(22));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEmberStatus(Status);
        writer.WriteFixed(EphemeralPublicKey, 22);
    }
}
