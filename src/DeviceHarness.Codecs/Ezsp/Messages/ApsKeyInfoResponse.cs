namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>What belongs to a link key, without the key, from version 12. Before version 14 the answer repeats no context but the
/// partner.</summary>
/// <param name="Status">What came of it; four octets in every version.</param>
/// <param name="Metadata">What belongs to it.</param>
/// <param name="Context">Which key it is.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct ApsKeyInfoResponse(
    EzspStatusCode Status, SecurityManagerKeyMetadata Metadata, SecurityManagerContext Context) : IEzspMessage<ApsKeyInfoResponse>
{
    /// <inheritdoc/>
    public static ApsKeyInfoResponse Read(ref EzspReader reader)
    {
        if (reader.Version.HasWideStatus)
        {
            return new(reader.ReadSlStatus(), SecurityManagerKeyMetadata.Read(ref reader), SecurityManagerContext.Read(ref reader));
        }

        SecurityManagerContext context = new() { Eui64 = reader.ReadEui64() };
        SecurityManagerKeyMetadata metadata = SecurityManagerKeyMetadata.Read(ref reader);
        return new(reader.ReadSlStatus(), metadata, context);
    }

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        if (writer.Version.HasWideStatus)
        {
            writer.WriteSlStatus(Status);
            Metadata.Write(ref writer);
            Context.Write(ref writer);
            return;
        }

        writer.WriteEui64(Context.Eui64);
        Metadata.Write(ref writer);
        writer.WriteSlStatus(Status);
    }
}
