namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Writes an entry of the key table, in versions 4 to 12.</summary>
/// <param name="Index">The entry.</param>
/// <param name="Eui64">Whom the key is shared with.</param>
/// <param name="IsLinkKey">Whether it is a link key.</param>
/// <param name="Key">The key.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SetKeyTableEntryRequest(byte Index, ulong Eui64, bool IsLinkKey, EzspKey Key)
    : IEzspMessage<SetKeyTableEntryRequest>
{
    /// <inheritdoc/>
    public static SetKeyTableEntryRequest Read(ref EzspReader reader) => new(
        reader.ReadOctet(), reader.ReadEui64(), reader.ReadBool(), reader.ReadKey());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet(Index);
        writer.WriteEui64(Eui64);
        writer.WriteBool(IsLinkKey);
        writer.WriteKey(Key);
    }
}
