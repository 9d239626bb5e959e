namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A link key found by its entry, from version 12. Before version 14 the answer repeats no context but the partner.</summary>
/// <param name="Status">What came of it; four octets in every version.</param>
/// <param name="Context">Which key it is.</param>
/// <param name="Key">The key.</param>
/// <param name="Metadata">What belongs to it.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct ExportLinkKeyByIndexResponse(
    EzspStatusCode Status, SecurityManagerContext Context, EzspKey Key, SecurityManagerKeyMetadata Metadata)
    : IEzspMessage<ExportLinkKeyByIndexResponse>
{
    /// <inheritdoc/>
    public static ExportLinkKeyByIndexResponse Read(ref EzspReader reader)
    {
        if (reader.Version.HasWideStatus)
        {
            return new(
                reader.ReadSlStatus(), SecurityManagerContext.Read(ref reader), reader.ReadKey(),
                SecurityManagerKeyMetadata.Read(ref reader));
        }

        SecurityManagerContext context = new() { KeyType = SecurityManagerKeyType.AppLink, Eui64 = reader.ReadEui64() };
        EzspKey key = reader.ReadKey();
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

        writer.WriteEui64(Context.Eui64);
        writer.WriteKey(Key);
        Metadata.Write(ref writer);
        writer.WriteSlStatus(Status);
    }
}
