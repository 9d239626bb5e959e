namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A link key found by its partner, from version 12. Before version 14 the answer repeats no context but the entry.</summary>
/// <param name="Status">What came of it; four octets in every version.</param>
/// <param name="Context">Which key it is.</param>
/// <param name="Key">The key.</param>
/// <param name="Metadata">What belongs to it.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct ExportLinkKeyByEuiResponse(
    EzspStatusCode Status, SecurityManagerContext Context, EzspKey Key, SecurityManagerKeyMetadata Metadata)
    : IEzspMessage<ExportLinkKeyByEuiResponse>
{
    /// <inheritdoc/>
    public static ExportLinkKeyByEuiResponse Read(ref EzspReader reader)
    {
        if (reader.Version.HasWideStatus)
        {
            return new(
                reader.ReadSlStatus(), SecurityManagerContext.Read(ref reader), reader.ReadKey(),
                SecurityManagerKeyMetadata.Read(ref reader));
        }

        EzspKey key = reader.ReadKey();
        SecurityManagerContext context = new() { KeyType = SecurityManagerKeyType.AppLink, KeyIndex = reader.ReadOctet() };
        SecurityManagerKeyMetadata metadata = SecurityManagerKeyMetadata.Read(ref reader);
        return new(reader.ReadSlStatus(), context, key, metadata);
    }

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        if (writer.Version.HasWideStatus)
        {
            writer.WriteSlStatus(Status);
            Context.Write(ref writer);
            writer.WriteKey(Key);
            Metadata.Write(ref writer);
            return;
        }

        writer.WriteKey(Key);
        writer.WriteOctet(Context.KeyIndex);
        Metadata.Write(ref writer);
        writer.WriteSlStatus(Status);
    }
}
