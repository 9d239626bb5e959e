namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Whether the adapter is in a network.</summary>
/// <param name="State">The state.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct NetworkStateResponse(EmberNetworkStatus State) : IEzspMessage<NetworkStateResponse>
{
    /// <inheritdoc/>
    public static NetworkStateResponse Read(ref EzspReader reader) => new((EmberNetworkStatus)reader.ReadOctet());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer) => writer.WriteOctet((byte)State);
}
