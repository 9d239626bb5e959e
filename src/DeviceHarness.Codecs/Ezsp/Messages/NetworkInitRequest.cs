namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Goes on in the stored network.</summary>
/// <param name="Bits">1 parent in a token, 2 an end device rejoins after a reboot; 0 before version 6, which carries none.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct NetworkInitRequest(ushort Bits) : IEzspMessage<NetworkInitRequest>
{
    /// <inheritdoc/>
    public static NetworkInitRequest Read(ref EzspReader reader) =>
        new(reader.Version.HasNetworkInitBitmask ? reader.ReadWord() : (ushort)0);

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        if (writer.Version.HasNetworkInitBitmask)
        {
            writer.WriteWord(Bits);
        }
    }
}
