namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A key, in versions 4 to 12.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="Key">The key and what belongs to it.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct KeyResponse(EzspStatusCode Status, EmberKeyStruct Key) : IEzspMessage<KeyResponse>
{
    /// <inheritdoc/>
    public static KeyResponse Read(ref EzspReader reader) => new(reader.ReadEmberStatus(), EmberKeyStruct.Read(ref reader));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEmberStatus(Status);
        Key.Write(ref writer);
    }
}
