namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Sends a message to a group.</summary>
/// <param name="Aps">Its addressing.</param>
/// <param name="Hops">How far it goes; 0 the most.</param>
/// <param name="NonMemberRadius">How far nodes outside the group relay it; before version 14.</param>
/// <param name="BroadcastAddress">To whom it is broadcast; from version 14.</param>
/// <param name="Alias">For whom, FFFF for the adapter itself; from version 14.</param>
/// <param name="NetworkSequence">The network sequence number of an alias; from version 14.</param>
/// <param name="Tag">Comes back in messageSent; before version 14 at most 255.</param>
/// <param name="Message">The message.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SendMulticastRequest(
    EmberApsFrame Aps, byte Hops, byte NonMemberRadius, ushort BroadcastAddress, ushort Alias, byte NetworkSequence, ushort Tag,
    ReadOnlyMemory<byte> Message)
    : IEzspMessage<SendMulticastRequest>
{
    /// <summary>The broadcast address of a multicast: all nodes with the receiver on.</summary>
    public const ushort ReceiverOnWhenIdle = 0xFFFD;

    /// <inheritdoc/>
    public static SendMulticastRequest Read(ref EzspReader reader)
    {
        EmberApsFrame aps = EmberApsFrame.Read(ref reader);
        byte hops = reader.ReadOctet();
        if (reader.Version.HasWideStatus)
        {
            return new(
                aps, hops, 0, reader.ReadWord(), reader.ReadWord(), reader.ReadOctet(), reader.ReadTag(), reader.ReadCounted());
        }

        return new(
            aps, hops, reader.ReadOctet(), ReceiverOnWhenIdle, SendBroadcastRequest.NoAlias, 0, reader.ReadTag(), reader.ReadCounted());
    }

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        Aps.Write(ref writer);
        writer.WriteOctet(Hops);
        if (writer.Version.HasWideStatus)
        {
            writer.WriteWord(BroadcastAddress);
            writer.WriteWord(Alias);
            writer.WriteOctet(NetworkSequence);
        }
        else
        {
            writer.WriteOctet(NonMemberRadius);
        }

        writer.WriteTag(Tag);
        writer.WriteCounted(Message);
    }
}
