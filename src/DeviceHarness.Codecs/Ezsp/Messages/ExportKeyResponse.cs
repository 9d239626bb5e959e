namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A key, from version 12.</summary>
/// <param name="Status">What came of it; four octets in every version.</param>
/// <param name="Key">The key.</param>
/// <param name="Context">Which key it is; from version 14.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct ExportKeyResponse(EzspStatusCode Status, EzspKey Key, SecurityManagerContext Context)
    : IEzspMessage<ExportKeyResponse>
{
    /// <inheritdoc/>
    public static ExportKeyResponse Read(ref EzspReader reader)
    {
        if (reader.Version.HasWideStatus)
        {
            return new(reader.ReadSlStatus(), reader.ReadKey(), SecurityManagerContext.Read(ref reader));
        }

        EzspKey key = reader.ReadKey();
        return new(reader.ReadSlStatus(), key, default);
    }

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        if (writer.Version.HasWideStatus)
        {
            writer.WriteSlStatus(Status);
            writer.WriteKey(Key);
            Context.Write(ref writer);
            return;
        }

        writer.WriteKey(Key);
        writer.WriteSlStatus(Status);
    }
}
