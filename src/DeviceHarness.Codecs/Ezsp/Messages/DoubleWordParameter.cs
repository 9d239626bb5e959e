namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>One number of 32 bits: a time in ms, as the frame has it.</summary>
/// <param name="Value">The number.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct DoubleWordParameter(uint Value) : IEzspMessage<DoubleWordParameter>
{
    /// <inheritdoc/>
    public static DoubleWordParameter Read(ref EzspReader reader) => new(reader.ReadDoubleWord());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer) => writer.WriteDoubleWord(Value);
}
