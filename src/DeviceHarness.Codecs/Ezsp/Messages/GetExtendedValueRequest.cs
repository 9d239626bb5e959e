namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Asks for a value that depends on more than its identifier.</summary>
/// <param name="ValueId">Which value: 0 the flags of an endpoint.</param>
/// <param name="Characteristics">On what it depends: of 0 the endpoint.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct GetExtendedValueRequest(byte ValueId, uint Characteristics) : IEzspMessage<GetExtendedValueRequest>
{
    /// <inheritdoc/>
    public static GetExtendedValueRequest Read(ref EzspReader reader) => new(reader.ReadOctet(), reader.ReadDoubleWord());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet(ValueId);
        writer.WriteDoubleWord(Characteristics);
    }
}
