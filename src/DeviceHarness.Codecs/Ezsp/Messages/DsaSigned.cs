namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A message with its signature behind it.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="SignedMessage">The message and its signature.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct DsaSigned(EzspStatusCode Status, ReadOnlyMemory<byte> SignedMessage) : IEzspMessage<DsaSigned>
{
    /// <inheritdoc/>
    public static DsaSigned Read(ref EzspReader reader) => new(reader.ReadEmberStatus(), reader.ReadCounted());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEmberStatus(Status);
        writer.WriteCounted(SignedMessage);
    }
}
