namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Sends one device its trust centre link key.</summary>
/// <param name="DestinationId">Its short address.</param>
/// <param name="DestinationEui64">Its EUI-64.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SendTrustCenterLinkKeyRequest(ushort DestinationId, ulong DestinationEui64)
    : IEzspMessage<SendTrustCenterLinkKeyRequest>
{
    /// <inheritdoc/>
    public static SendTrustCenterLinkKeyRequest Read(ref EzspReader reader) => new(reader.ReadWord(), reader.ReadEui64());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteWord(DestinationId);
        writer.WriteEui64(DestinationEui64);
    }
}
