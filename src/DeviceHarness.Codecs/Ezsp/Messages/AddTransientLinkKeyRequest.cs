namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Takes a key for a device that is about to join, in versions 5 to 12.</summary>
/// <param name="Eui64">The device; all ones for any.</param>
/// <param name="Key">The key.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct AddTransientLinkKeyRequest(ulong Eui64, EzspKey Key) : IEzspMessage<AddTransientLinkKeyRequest>
{
    /// <inheritdoc/>
    public static AddTransientLinkKeyRequest Read(ref EzspReader reader) => new(reader.ReadEui64(), reader.ReadKey());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEui64(Eui64);
        writer.WriteKey(Key);
    }
}
