namespace DeviceHarness.Codecs.Ezsp;

/// <summary>A network that was heard; 14 octets.</summary>
/// <param name="Channel">The channel, 11 to 26.</param>
/// <param name="PanId">The PAN identifier.</param>
/// <param name="ExtendedPanId">The extended PAN identifier.</param>
/// <param name="IsAllowingJoin">Whether the node that was heard takes new devices.</param>
/// <param name="StackProfile">The stack profile; 2 is ZigBee Pro.</param>
/// <param name="NetworkUpdateId">The number of the last change of the network.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.4 sums it up.</remarks>
public readonly record struct EmberNetworkFound(
    byte Channel, ushort PanId, ulong ExtendedPanId, bool IsAllowingJoin, byte StackProfile, byte NetworkUpdateId)
    : IEzspMessage<EmberNetworkFound>
{
    /// <inheritdoc/>
    public static EmberNetworkFound Read(ref EzspReader reader) => new(
        reader.ReadOctet(), reader.ReadWord(), reader.ReadEui64(), reader.ReadBool(), reader.ReadOctet(), reader.ReadOctet());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet(Channel);
        writer.WriteWord(PanId);
        writer.WriteEui64(ExtendedPanId);
        writer.WriteBool(IsAllowingJoin);
        writer.WriteOctet(StackProfile);
        writer.WriteOctet(NetworkUpdateId);
    }
}
