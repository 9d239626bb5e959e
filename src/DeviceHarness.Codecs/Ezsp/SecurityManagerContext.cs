namespace DeviceHarness.Codecs.Ezsp;

/// <summary>Which key the security manager is asked about; 18 octets.</summary>
/// <param name="KeyType">Which key.</param>
/// <param name="KeyIndex">Which entry of its kind.</param>
/// <param name="DerivedType">Which key derived from it; 0 the key itself.</param>
/// <param name="Eui64">Whom it is shared with.</param>
/// <param name="MultiNetworkIndex">Which network.</param>
/// <param name="Flags">Which of the fields hold: 1 the entry, 2 the EUI-64.</param>
/// <param name="PsaAlgorithm">What the key may be used for.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.4 sums it up.</remarks>
public readonly record struct SecurityManagerContext(
    SecurityManagerKeyType KeyType, byte KeyIndex, ushort DerivedType, ulong Eui64, byte MultiNetworkIndex, byte Flags,
    uint PsaAlgorithm)
    : IEzspMessage<SecurityManagerContext>
{
    /// <inheritdoc/>
    public static SecurityManagerContext Read(ref EzspReader reader) => new(
        (SecurityManagerKeyType)reader.ReadOctet(), reader.ReadOctet(), reader.ReadWord(), reader.ReadEui64(), reader.ReadOctet(),
        reader.ReadOctet(), reader.ReadDoubleWord());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet((byte)KeyType);
        writer.WriteOctet(KeyIndex);
        writer.WriteWord(DerivedType);
        writer.WriteEui64(Eui64);
        writer.WriteOctet(MultiNetworkIndex);
        writer.WriteOctet(Flags);
        writer.WriteDoubleWord(PsaAlgorithm);
    }
}
