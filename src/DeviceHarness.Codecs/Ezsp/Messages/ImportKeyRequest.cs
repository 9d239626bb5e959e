namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Writes a key, from version 12.</summary>
/// <param name="Context">Which key it is.</param>
/// <param name="Key">The key.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct ImportKeyRequest(SecurityManagerContext Context, EzspKey Key) : IEzspMessage<ImportKeyRequest>
{
    /// <inheritdoc/>
    public static ImportKeyRequest Read(ref EzspReader reader) => new(SecurityManagerContext.Read(ref reader), reader.ReadKey());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        Context.Write(ref writer);
        writer.WriteKey(Key);
    }
}
