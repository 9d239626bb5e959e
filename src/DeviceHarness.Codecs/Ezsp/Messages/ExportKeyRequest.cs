namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Asks for a key, or for what belongs to it, from version 12.</summary>
/// <param name="Context">Which key it is.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct ExportKeyRequest(SecurityManagerContext Context) : IEzspMessage<ExportKeyRequest>
{
    /// <inheritdoc/>
    public static ExportKeyRequest Read(ref EzspReader reader) => new(SecurityManagerContext.Read(ref reader));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer) => Context.Write(ref writer);
}
