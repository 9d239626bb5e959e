namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Takes a key for a device that is about to join, from version 12.</summary>
/// <param name="Eui64">The device; all ones for any.</param>
/// <param name="Key">The key.</param>
/// <param name="Flags">Before version 14; 0 since.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct ImportTransientKeyRequest(ulong Eui64, EzspKey Key, byte Flags) : IEzspMessage<ImportTransientKeyRequest>
{
    /// <inheritdoc/>
    public static ImportTransientKeyRequest Read(ref EzspReader reader) =>
        new(reader.ReadEui64(), reader.ReadKey(), reader.Version.HasWideStatus ? (byte)0 : reader.ReadOctet());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEui64(Eui64);
        writer.WriteKey(Key);
        if (!writer.Version.HasWideStatus)
        {
            writer.WriteOctet(Flags);
        }
    }
}
