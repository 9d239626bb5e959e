namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>The security of the network that the adapter is in.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="Bits">The bits.</param>
/// <param name="TrustCenterEui64">The EUI-64 of the trust centre.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct CurrentSecurityStateResponse(EzspStatusCode Status, ushort Bits, ulong TrustCenterEui64)
    : IEzspMessage<CurrentSecurityStateResponse>
{
    /// <inheritdoc/>
    public static CurrentSecurityStateResponse Read(ref EzspReader reader) => new(
        reader.ReadEmberStatus(), reader.ReadWord(), reader.ReadEui64());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEmberStatus(Status);
        writer.WriteWord(Bits);
        writer.WriteEui64(TrustCenterEui64);
    }
}
