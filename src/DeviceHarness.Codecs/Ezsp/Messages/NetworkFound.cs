namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A network was heard.</summary>
/// <param name="Network">The network.</param>
/// <param name="LastHopLqi">The link quality, 0 to 255.</param>
/// <param name="LastHopRssi">The signal strength, in dBm.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct NetworkFound(EmberNetworkFound Network, byte LastHopLqi, sbyte LastHopRssi) : IEzspMessage<NetworkFound>
{
    /// <inheritdoc/>
    public static NetworkFound Read(ref EzspReader reader) => new(
        EmberNetworkFound.Read(ref reader), reader.ReadOctet(), reader.ReadSigned());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        Network.Write(ref writer);
        writer.WriteOctet(LastHopLqi);
        writer.WriteSigned(LastHopRssi);
    }
}
