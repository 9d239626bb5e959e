namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Writes a link key into the key table, from version 12.</summary>
/// <param name="Index">The entry; FF for any.</param>
/// <param name="Eui64">Whom the key is shared with.</param>
/// <param name="Key">The key.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct ImportLinkKeyRequest(byte Index, ulong Eui64, EzspKey Key) : IEzspMessage<ImportLinkKeyRequest>
{
    /// <inheritdoc/>
    public static ImportLinkKeyRequest Read(ref EzspReader reader) => new(reader.ReadOctet(), reader.ReadEui64(), reader.ReadKey());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet(Index);
        writer.WriteEui64(Eui64);
        writer.WriteKey(Key);
    }
}
