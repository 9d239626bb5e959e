namespace DeviceHarness.Codecs.Ezsp;

/// <summary>A hash that is being made; 20 octets.</summary>
/// <param name="Result">The result so far: 16 octets.</param>
/// <param name="LengthOctets">How many octets went in.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct AesMmoHashContext(ReadOnlyMemory<byte> Result, uint LengthOctets) : IEzspMessage<AesMmoHashContext>
{
    /// <inheritdoc/>
    public static AesMmoHashContext Read(ref EzspReader reader) => new(reader.ReadOctets(16), reader.ReadDoubleWord());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteFixed(Result, 16);
        writer.WriteDoubleWord(LengthOctets);
    }
}
