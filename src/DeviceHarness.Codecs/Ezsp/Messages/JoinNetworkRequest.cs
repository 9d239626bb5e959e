namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Joins a network.</summary>
/// <param name="NodeType">As what.</param>
/// <param name="Parameters">The network.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct JoinNetworkRequest(EmberNodeType NodeType, EmberNetworkParameters Parameters)
    : IEzspMessage<JoinNetworkRequest>
{
    /// <inheritdoc/>
    public static JoinNetworkRequest Read(ref EzspReader reader) => new(
        (EmberNodeType)reader.ReadOctet(), EmberNetworkParameters.Read(ref reader));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet((byte)NodeType);
        Parameters.Write(ref writer);
    }
}
