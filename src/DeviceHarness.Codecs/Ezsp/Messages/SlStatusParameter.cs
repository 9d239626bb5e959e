namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A status that takes four octets in every version.</summary>
/// <param name="Status">What came of it.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SlStatusParameter(EzspStatusCode Status) : IEzspMessage<SlStatusParameter>
{
    /// <inheritdoc/>
    public static SlStatusParameter Read(ref EzspReader reader) => new(reader.ReadSlStatus());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer) => writer.WriteSlStatus(Status);
}
