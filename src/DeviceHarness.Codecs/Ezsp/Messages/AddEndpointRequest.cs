namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Makes an endpoint that the host serves.</summary>
/// <param name="Endpoint">Its number, 1 to 254.</param>
/// <param name="Profile">Its profile.</param>
/// <param name="DeviceId">What device it is.</param>
/// <param name="DeviceVersion">The version of that.</param>
/// <param name="InputClusters">The clusters that it serves, at most 255.</param>
/// <param name="OutputClusters">The clusters that it uses, at most 255.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct AddEndpointRequest(
    byte Endpoint, ushort Profile, ushort DeviceId, byte DeviceVersion, ReadOnlyMemory<ushort> InputClusters,
    ReadOnlyMemory<ushort> OutputClusters)
    : IEzspMessage<AddEndpointRequest>
{
    /// <inheritdoc/>
    public static AddEndpointRequest Read(ref EzspReader reader)
    {
        byte endpoint = reader.ReadOctet();
        ushort profile = reader.ReadWord();
        ushort device = reader.ReadWord();
        byte version = reader.ReadOctet();
        byte inputs = reader.ReadOctet();
        byte outputs = reader.ReadOctet();
        return new(endpoint, profile, device, version, reader.ReadWords(inputs), reader.ReadWords(outputs));
    }

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet(Endpoint);
        writer.WriteWord(Profile);
        writer.WriteWord(DeviceId);
        writer.WriteOctet(DeviceVersion);
        writer.WriteCount(InputClusters.Length);
        writer.WriteCount(OutputClusters.Length);
        writer.WriteWords(InputClusters);
        writer.WriteWords(OutputClusters);
    }
}
