namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A scan is over, or failed on a channel.</summary>
/// <param name="Channel">The channel that failed.</param>
/// <param name="Status">What came of it.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct ScanComplete(byte Channel, EzspStatusCode Status) : IEzspMessage<ScanComplete>
{
    /// <inheritdoc/>
    public static ScanComplete Read(ref EzspReader reader) => new(reader.ReadOctet(), reader.ReadEmberStatus());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet(Channel);
        writer.WriteEmberStatus(Status);
    }
}
