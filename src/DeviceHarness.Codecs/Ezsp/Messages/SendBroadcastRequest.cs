namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Sends a message to many nodes.</summary>
/// <param name="Alias">For whom, FFFF for the adapter itself; from version 14.</param>
/// <param name="Destination">FFFF all, FFFD with the receiver on, FFFC routers.</param>
/// <param name="NetworkSequence">The network sequence number of an alias; from version 14.</param>
/// <param name="Aps">Its addressing.</param>
/// <param name="Radius">How far; 0 the most.</param>
/// <param name="Tag">Comes back in messageSent; before version 14 at most 255.</param>
/// <param name="Message">The message.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SendBroadcastRequest(
    ushort Alias, ushort Destination, byte NetworkSequence, EmberApsFrame Aps, byte Radius, ushort Tag, ReadOnlyMemory<byte> Message)
    : IEzspMessage<SendBroadcastRequest>
{
    /// <summary>The alias that stands for the adapter itself.</summary>
    public const ushort NoAlias = 0xFFFF;

    /// <inheritdoc/>
    public static SendBroadcastRequest Read(ref EzspReader reader)
    {
        bool isWide = reader.Version.HasWideStatus;
        ushort alias = isWide ? reader.ReadWord() : NoAlias;
        ushort destination = reader.ReadWord();
        byte sequence = isWide ? reader.ReadOctet() : (byte)0;
        EmberApsFrame aps = EmberApsFrame.Read(ref reader);
        return new(alias, destination, sequence, aps, reader.ReadOctet(), reader.ReadTag(), reader.ReadCounted());
    }

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        bool isWide = writer.Version.HasWideStatus;
        if (isWide)
        {
            writer.WriteWord(Alias);
        }

        writer.WriteWord(Destination);
        if (isWide)
        {
            writer.WriteOctet(NetworkSequence);
        }

        Aps.Write(ref writer);
        writer.WriteOctet(Radius);
        writer.WriteTag(Tag);
        writer.WriteCounted(Message);
    }
}
