namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Sets a value.</summary>
/// <param name="ValueId">Which value.</param>
/// <param name="Value">The octets.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SetValueRequest(EzspValueId ValueId, ReadOnlyMemory<byte> Value) : IEzspMessage<SetValueRequest>
{
    /// <inheritdoc/>
    public static SetValueRequest Read(ref EzspReader reader) => new((EzspValueId)reader.ReadOctet(), reader.ReadCounted());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet((byte)ValueId);
        writer.WriteCounted(Value);
    }
}
