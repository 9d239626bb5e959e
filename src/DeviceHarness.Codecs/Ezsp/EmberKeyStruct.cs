namespace DeviceHarness.Codecs.Ezsp;

/// <summary>A key and what belongs to it, in versions 4 to 12.</summary>
/// <param name="Bits">Which of the fields hold: 1 sequence, 2 outgoing counter, 4 incoming counter, 8 partner.</param>
/// <param name="Type">Which key it is.</param>
/// <param name="Key">The key.</param>
/// <param name="OutgoingFrameCounter">The counter of the last frame sent.</param>
/// <param name="IncomingFrameCounter">The counter of the last frame taken.</param>
/// <param name="Sequence">The number of a network key.</param>
/// <param name="PartnerEui64">Whom a link key is shared with.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.4 sums it up.</remarks>
public readonly record struct EmberKeyStruct(
    ushort Bits, EmberKeyType Type, EzspKey Key, uint OutgoingFrameCounter, uint IncomingFrameCounter, byte Sequence,
    ulong PartnerEui64)
    : IEzspMessage<EmberKeyStruct>
{
    /// <inheritdoc/>
    public static EmberKeyStruct Read(ref EzspReader reader) => new(
        reader.ReadWord(), (EmberKeyType)reader.ReadOctet(), reader.ReadKey(), reader.ReadDoubleWord(), reader.ReadDoubleWord(),
        reader.ReadOctet(), reader.ReadEui64());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteWord(Bits);
        writer.WriteOctet((byte)Type);
        writer.WriteKey(Key);
        writer.WriteDoubleWord(OutgoingFrameCounter);
        writer.WriteDoubleWord(IncomingFrameCounter);
        writer.WriteOctet(Sequence);
        writer.WriteEui64(PartnerEui64);
    }
}
