namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>What came of a message in the end.</summary>
/// <param name="Status">Success: acknowledged, or sent where none was asked for.</param>
/// <param name="Type">How the destination was given.</param>
/// <param name="Destination">The short address, or the entry of a table.</param>
/// <param name="Aps">Its addressing.</param>
/// <param name="Tag">The tag of the message.</param>
/// <param name="Message">The message, where the policy says so.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct MessageSent(
    EzspStatusCode Status, EmberOutgoingMessageType Type, ushort Destination, EmberApsFrame Aps, ushort Tag,
    ReadOnlyMemory<byte> Message)
    : IEzspMessage<MessageSent>
{
    /// <inheritdoc/>
    public static MessageSent Read(ref EzspReader reader)
    {
        EzspStatusCode status = reader.Version.HasWideStatus ? reader.ReadSlStatus() : EmberStatus.Success;
        EmberOutgoingMessageType type = (EmberOutgoingMessageType)reader.ReadOctet();
        ushort destination = reader.ReadWord();
        EmberApsFrame aps = EmberApsFrame.Read(ref reader);
        ushort tag = reader.ReadTag();
        status = reader.Version.HasWideStatus ? status : reader.ReadEmberStatus();
        return new(status, type, destination, aps, tag, reader.ReadCounted());
    }

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        if (writer.Version.HasWideStatus)
        {
            writer.WriteSlStatus(Status);
        }

        writer.WriteOctet((byte)Type);
        writer.WriteWord(Destination);
        Aps.Write(ref writer);
        writer.WriteTag(Tag);
        if (!writer.Version.HasWideStatus)
        {
            writer.WriteEmberStatus(Status);
        }

        writer.WriteCounted(Message);
    }
}
