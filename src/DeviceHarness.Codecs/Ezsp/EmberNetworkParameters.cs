namespace DeviceHarness.Codecs.Ezsp;

/// <summary>What a network is; 20 octets.</summary>
/// <param name="ExtendedPanId">The extended PAN identifier.</param>
/// <param name="PanId">The PAN identifier.</param>
/// <param name="TxPowerDbm">The transmit power, in dBm.</param>
/// <param name="Channel">The channel, 11 to 26.</param>
/// <param name="JoinMethod">How a node comes in.</param>
/// <param name="NetworkManager">The short address of the network manager.</param>
/// <param name="NetworkUpdateId">The number of the last change of the network.</param>
/// <param name="Channels">The channels that the network may use, bit n for channel n.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.4 sums it up.</remarks>
public readonly record struct EmberNetworkParameters(
    ulong ExtendedPanId, ushort PanId, sbyte TxPowerDbm, byte Channel, EmberJoinMethod JoinMethod, ushort NetworkManager,
    byte NetworkUpdateId, uint Channels)
    : IEzspMessage<EmberNetworkParameters>
{
    /// <inheritdoc/>
    public static EmberNetworkParameters Read(ref EzspReader reader) => new(
        reader.ReadEui64(), reader.ReadWord(), reader.ReadSigned(), reader.ReadOctet(), (EmberJoinMethod)reader.ReadOctet(),
        reader.ReadWord(), reader.ReadOctet(), reader.ReadDoubleWord());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEui64(ExtendedPanId);
        writer.WriteWord(PanId);
        writer.WriteSigned(TxPowerDbm);
        writer.WriteOctet(Channel);
        writer.WriteOctet((byte)JoinMethod);
        writer.WriteWord(NetworkManager);
        writer.WriteOctet(NetworkUpdateId);
        writer.WriteDoubleWord(Channels);
    }
}
