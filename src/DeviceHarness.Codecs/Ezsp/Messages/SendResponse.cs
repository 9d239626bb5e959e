namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>What became of a message so far.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="ApsSequence">Its APS counter.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SendResponse(EzspStatusCode Status, byte ApsSequence) : IEzspMessage<SendResponse>
{
    /// <inheritdoc/>
    public static SendResponse Read(ref EzspReader reader) => new(reader.ReadEmberStatus(), reader.ReadOctet());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEmberStatus(Status);
        writer.WriteOctet(ApsSequence);
    }
}
