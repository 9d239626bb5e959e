namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>The hash with the octets.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="Context">The hash.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct AesMmoHashResponse(EzspStatusCode Status, AesMmoHashContext Context) : IEzspMessage<AesMmoHashResponse>
{
    /// <inheritdoc/>
    public static AesMmoHashResponse Read(ref EzspReader reader) => new(reader.ReadEmberStatus(), AesMmoHashContext.Read(ref reader));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEmberStatus(Status);
        Context.Write(ref writer);
    }
}
