namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>One number of 16 bits: a short address or a code, as the frame has it.</summary>
/// <param name="Value">The number.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct WordParameter(ushort Value) : IEzspMessage<WordParameter>
{
    /// <inheritdoc/>
    public static WordParameter Read(ref EzspReader reader) => new(reader.ReadWord());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer) => writer.WriteWord(Value);
}
