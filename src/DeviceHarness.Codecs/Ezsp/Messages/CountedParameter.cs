namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Octets behind their number.</summary>
/// <param name="Value">The octets, at most 255.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct CountedParameter(ReadOnlyMemory<byte> Value) : IEzspMessage<CountedParameter>
{
    /// <inheritdoc/>
    public static CountedParameter Read(ref EzspReader reader) => new(reader.ReadCounted());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer) => writer.WriteCounted(Value);
}
