namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A message came.</summary>
/// <param name="Type">How.</param>
/// <param name="Aps">Its addressing.</param>
/// <param name="Packet">From where.</param>
/// <param name="Message">The message.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct IncomingMessage(
    EmberIncomingMessageType Type, EmberApsFrame Aps, EmberPacketInfo Packet, ReadOnlyMemory<byte> Message)
    : IEzspMessage<IncomingMessage>
{
    /// <inheritdoc/>
    public static IncomingMessage Read(ref EzspReader reader) => new(
        (EmberIncomingMessageType)reader.ReadOctet(), EmberApsFrame.Read(ref reader), EmberPacketInfo.Read(ref reader),
        reader.ReadCounted());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet((byte)Type);
        Aps.Write(ref writer);
        Packet.Write(ref writer);
        writer.WriteCounted(Message);
    }
}
