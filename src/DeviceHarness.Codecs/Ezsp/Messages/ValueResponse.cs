namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A value, also of getExtendedValue. Hosts want its octets also with an error.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="Value">The octets.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct ValueResponse(EzspStatusCode Status, ReadOnlyMemory<byte> Value) : IEzspMessage<ValueResponse>
{
    /// <inheritdoc/>
    public static ValueResponse Read(ref EzspReader reader) => new(reader.ReadEzspStatus(), reader.ReadCounted());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEzspStatus(Status);
        writer.WriteCounted(Value);
    }
}
