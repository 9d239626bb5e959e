namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A child asked for messages.</summary>
/// <param name="ChildId">Its short address.</param>
/// <param name="IsTransmitExpected">Whether one waits; false where the version does not tell.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct ChildPoll(ushort ChildId, bool IsTransmitExpected) : IEzspMessage<ChildPoll>
{
    /// <inheritdoc/>
    public static ChildPoll Read(ref EzspReader reader)
    {
        ushort child = reader.ReadWord();
        return new(child, reader.RemainingOctets > 0 && reader.ReadBool());
    }

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteWord(ChildId);
        if (writer.Version.HeaderForm == EzspHeaderForm.Extended)
        {
            writer.WriteBool(IsTransmitExpected);
        }
    }
}
