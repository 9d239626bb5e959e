namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A status of the serial protocol: four octets from version 14, one before.</summary>
/// <param name="Status">What came of it.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct EzspStatusParameter(EzspStatusCode Status) : IEzspMessage<EzspStatusParameter>
{
    /// <inheritdoc/>
    public static EzspStatusParameter Read(ref EzspReader reader) => new(reader.ReadEzspStatus());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer) => writer.WriteEzspStatus(Status);
}
