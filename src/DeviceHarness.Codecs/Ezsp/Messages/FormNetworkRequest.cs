namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Forms a network as its coordinator.</summary>
/// <param name="Parameters">The network.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct FormNetworkRequest(EmberNetworkParameters Parameters) : IEzspMessage<FormNetworkRequest>
{
    /// <inheritdoc/>
    public static FormNetworkRequest Read(ref EzspReader reader) => new(EmberNetworkParameters.Read(ref reader));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer) => Parameters.Write(ref writer);
}
