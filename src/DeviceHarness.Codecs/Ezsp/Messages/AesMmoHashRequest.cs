namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Adds octets to a hash.</summary>
/// <param name="Context">The hash so far.</param>
/// <param name="IsFinal">Whether these are the last octets.</param>
/// <param name="Octets">The octets.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct AesMmoHashRequest(AesMmoHashContext Context, bool IsFinal, ReadOnlyMemory<byte> Octets)
    : IEzspMessage<AesMmoHashRequest>
{
    /// <inheritdoc/>
    public static AesMmoHashRequest Read(ref EzspReader reader) => new(
        AesMmoHashContext.Read(ref reader), reader.ReadBool(), reader.ReadCounted());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        Context.Write(ref writer);
        writer.WriteBool(IsFinal);
        writer.WriteCounted(Octets);
    }
}
