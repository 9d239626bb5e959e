namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Sends one device a new network key.</summary>
/// <param name="DestinationId">Its short address.</param>
/// <param name="DestinationEui64">Its EUI-64.</param>
/// <param name="Key">The key.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct UnicastNwkKeyUpdateRequest(ushort DestinationId, ulong DestinationEui64, EzspKey Key)
    : IEzspMessage<UnicastNwkKeyUpdateRequest>
{
    /// <inheritdoc/>
    public static UnicastNwkKeyUpdateRequest Read(ref EzspReader reader) => new(reader.ReadWord(), reader.ReadEui64(), reader.ReadKey());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteWord(DestinationId);
        writer.WriteEui64(DestinationEui64);
        writer.WriteKey(Key);
    }
}
