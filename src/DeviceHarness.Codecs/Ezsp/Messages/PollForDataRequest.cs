namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Has a sleepy adapter ask its parent for messages.</summary>
/// <param name="Interval">How often; 0 stops.</param>
/// <param name="Units">In what: 0 ms, 1 quarters of a second, 2 seconds.</param>
/// <param name="FailureLimit">After how many failures it is told.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct PollForDataRequest(ushort Interval, byte Units, byte FailureLimit) : IEzspMessage<PollForDataRequest>
{
    /// <inheritdoc/>
    public static PollForDataRequest Read(ref EzspReader reader) => new(reader.ReadWord(), reader.ReadOctet(), reader.ReadOctet());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteWord(Interval);
        writer.WriteOctet(Units);
        writer.WriteOctet(FailureLimit);
    }
}
