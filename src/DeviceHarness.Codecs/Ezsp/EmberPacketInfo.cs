namespace DeviceHarness.Codecs.Ezsp;

/// <summary>Where a message came from. From version 14 it is one structure; before, the EUI-64 and the time were not told.</summary>
/// <param name="SenderId">The short address of the sender.</param>
/// <param name="SenderEui64">Its EUI-64; all ones when it is not known.</param>
/// <param name="BindingIndex">The entry of the binding table that fits; FF when none does.</param>
/// <param name="AddressIndex">The entry of the address table that fits; FF when none does.</param>
/// <param name="LastHopLqi">The link quality of the last hop, 0 to 255.</param>
/// <param name="LastHopRssi">The signal strength of the last hop, in dBm.</param>
/// <param name="LastHopTimestamp">When it came, in the adapter's time.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct EmberPacketInfo(
    ushort SenderId, ulong SenderEui64, byte BindingIndex, byte AddressIndex, byte LastHopLqi, sbyte LastHopRssi,
    uint LastHopTimestamp)
    : IEzspMessage<EmberPacketInfo>
{
    /// <summary>The EUI-64 that stands for one that is not known.</summary>
    public const ulong UnknownEui64 = ulong.MaxValue;

    /// <summary>The table index that stands for none.</summary>
    public const byte NoIndex = 0xFF;

    /// <inheritdoc/>
    public static EmberPacketInfo Read(ref EzspReader reader)
    {
        if (reader.Version.HasWideStatus)
        {
            return new(
                reader.ReadWord(), reader.ReadEui64(), reader.ReadOctet(), reader.ReadOctet(), reader.ReadOctet(), reader.ReadSigned(),
                reader.ReadDoubleWord());
        }

        byte lqi = reader.ReadOctet();
        sbyte rssi = reader.ReadSigned();
        return new(reader.ReadWord(), UnknownEui64, reader.ReadOctet(), reader.ReadOctet(), lqi, rssi, 0);
    }

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        if (!writer.Version.HasWideStatus)
        {
            writer.WriteOctet(LastHopLqi);
            writer.WriteSigned(LastHopRssi);
            writer.WriteWord(SenderId);
            writer.WriteOctet(BindingIndex);
            writer.WriteOctet(AddressIndex);
            return;
        }

        writer.WriteWord(SenderId);
        writer.WriteEui64(SenderEui64);
        writer.WriteOctet(BindingIndex);
        writer.WriteOctet(AddressIndex);
        writer.WriteOctet(LastHopLqi);
        writer.WriteSigned(LastHopRssi);
        writer.WriteDoubleWord(LastHopTimestamp);
    }
}
