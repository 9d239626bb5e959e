namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Sends a message to one node. The answer says only that it waits; messageSent says what came of it.</summary>
/// <param name="Type">How the destination is given.</param>
/// <param name="Destination">The short address, or the entry of a table.</param>
/// <param name="Aps">Its addressing.</param>
/// <param name="Tag">Comes back in messageSent; before version 14 at most 255.</param>
/// <param name="Message">The message.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SendUnicastRequest(
    EmberOutgoingMessageType Type, ushort Destination, EmberApsFrame Aps, ushort Tag, ReadOnlyMemory<byte> Message)
    : IEzspMessage<SendUnicastRequest>
{
    /// <inheritdoc/>
    public static SendUnicastRequest Read(ref EzspReader reader) => new(
        (EmberOutgoingMessageType)reader.ReadOctet(), reader.ReadWord(), EmberApsFrame.Read(ref reader), reader.ReadTag(),
        reader.ReadCounted());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet((byte)Type);
        writer.WriteWord(Destination);
        Aps.Write(ref writer);
        writer.WriteTag(Tag);
        writer.WriteCounted(Message);
    }
}
