namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>What came of a request for a key; one octet in every version.</summary>
/// <param name="PartnerEui64">The partner.</param>
/// <param name="Outcome">01 application link key, 03 trust centre link key, 04 no answer in time, 05 table full, 06 to 13 at the trust
/// centre, 32 to 34 and 64, 65 of the proof.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct ZigbeeKeyEstablishment(ulong PartnerEui64, byte Outcome) : IEzspMessage<ZigbeeKeyEstablishment>
{
    /// <inheritdoc/>
    public static ZigbeeKeyEstablishment Read(ref EzspReader reader) => new(reader.ReadEui64(), reader.ReadOctet());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEui64(PartnerEui64);
        writer.WriteOctet(Outcome);
    }
}
