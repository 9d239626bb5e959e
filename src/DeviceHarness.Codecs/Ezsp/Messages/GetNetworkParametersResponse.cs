namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>The network that the adapter is in.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="NodeType">What the adapter is in it.</param>
/// <param name="Parameters">The network.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct GetNetworkParametersResponse(
    EzspStatusCode Status, EmberNodeType NodeType, EmberNetworkParameters Parameters)
    : IEzspMessage<GetNetworkParametersResponse>
{
    /// <inheritdoc/>
    public static GetNetworkParametersResponse Read(ref EzspReader reader) => new(
        reader.ReadEmberStatus(), (EmberNodeType)reader.ReadOctet(), EmberNetworkParameters.Read(ref reader));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEmberStatus(Status);
        writer.WriteOctet((byte)NodeType);
        Parameters.Write(ref writer);
    }
}
