namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A status of the stack: four octets from version 14, one before.</summary>
/// <param name="Status">What came of it.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct EmberStatusParameter(EzspStatusCode Status) : IEzspMessage<EmberStatusParameter>
{
    /// <inheritdoc/>
    public static EmberStatusParameter Read(ref EzspReader reader) => new(reader.ReadEmberStatus());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer) => writer.WriteEmberStatus(Status);
}
