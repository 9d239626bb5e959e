namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>The codes that prove that both sides know the secret; of either curve.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="InitiatorSmac">The one that the initiator sends.</param>
/// <param name="ResponderSmac">The one that the responder sends.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct CalculatedSmacs(
    EzspStatusCode Status, ReadOnlyMemory<byte> InitiatorSmac, ReadOnlyMemory<byte> ResponderSmac)
    : IEzspMessage<CalculatedSmacs>
{
    /// <inheritdoc/>
    public static CalculatedSmacs Read(ref EzspReader reader) => new(
        reader.ReadEmberStatus(), reader.ReadOctets(16), reader.ReadOctets(16));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEmberStatus(Status);
        writer.WriteFixed(InitiatorSmac, 16);
        writer.WriteFixed(ResponderSmac, 16);
    }
}
