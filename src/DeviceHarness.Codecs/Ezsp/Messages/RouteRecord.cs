namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>The way on which a message came.</summary>
/// <param name="Source">The short address of its source.</param>
/// <param name="SourceEui64">Its EUI-64.</param>
/// <param name="LastHopLqi">The link quality of the last hop, 0 to 255.</param>
/// <param name="LastHopRssi">The signal strength of the last hop, in dBm.</param>
/// <param name="Relays">The relays, the one next to the source first; at most 255.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct RouteRecord(
    ushort Source, ulong SourceEui64, byte LastHopLqi, sbyte LastHopRssi, ReadOnlyMemory<ushort> Relays) : IEzspMessage<RouteRecord>
{
    /// <inheritdoc/>
    public static RouteRecord Read(ref EzspReader reader) => new(
        reader.ReadWord(), reader.ReadEui64(), reader.ReadOctet(), reader.ReadSigned(), reader.ReadWords(reader.ReadOctet()));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteWord(Source);
        writer.WriteEui64(SourceEui64);
        writer.WriteOctet(LastHopLqi);
        writer.WriteSigned(LastHopRssi);
        writer.WriteCount(Relays.Length);
        writer.WriteWords(Relays);
    }
}
