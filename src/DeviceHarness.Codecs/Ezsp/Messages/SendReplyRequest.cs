namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Answers a message that needs an answer, such as a fragment.</summary>
/// <param name="Sender">Who sent it.</param>
/// <param name="Aps">The addressing with which it came.</param>
/// <param name="Message">The message.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SendReplyRequest(ushort Sender, EmberApsFrame Aps, ReadOnlyMemory<byte> Message)
    : IEzspMessage<SendReplyRequest>
{
    /// <inheritdoc/>
    public static SendReplyRequest Read(ref EzspReader reader) => new(
        reader.ReadWord(), EmberApsFrame.Read(ref reader), reader.ReadCounted());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteWord(Sender);
        Aps.Write(ref writer);
        writer.WriteCounted(Message);
    }
}
