namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Looks for the entry of a partner; the answer is its index, FF when there is none.</summary>
/// <param name="Eui64">The partner; 0 for an empty entry.</param>
/// <param name="IsLinkKey">Whether it is a link key.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct FindKeyTableEntryRequest(ulong Eui64, bool IsLinkKey) : IEzspMessage<FindKeyTableEntryRequest>
{
    /// <inheritdoc/>
    public static FindKeyTableEntryRequest Read(ref EzspReader reader) => new(reader.ReadEui64(), reader.ReadBool());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEui64(Eui64);
        writer.WriteBool(IsLinkKey);
    }
}
