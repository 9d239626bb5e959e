namespace DeviceHarness.Codecs.Ezsp;

/// <summary>The keys that a network begins with; 43 octets.</summary>
/// <param name="Bits">What is given and asked for.</param>
/// <param name="PreconfiguredKey">The link key before joining.</param>
/// <param name="NetworkKey">The network key.</param>
/// <param name="NetworkKeySequence">The number of the network key.</param>
/// <param name="TrustCenterEui64">The EUI-64 of the trust centre.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.4 sums it up.</remarks>
public readonly record struct EmberInitialSecurityState(
    EmberInitialSecurityBits Bits, EzspKey PreconfiguredKey, EzspKey NetworkKey, byte NetworkKeySequence, ulong TrustCenterEui64)
    : IEzspMessage<EmberInitialSecurityState>
{
    /// <inheritdoc/>
    public static EmberInitialSecurityState Read(ref EzspReader reader) => new(
        (EmberInitialSecurityBits)reader.ReadWord(), reader.ReadKey(), reader.ReadKey(), reader.ReadOctet(), reader.ReadEui64());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteWord((ushort)Bits);
        writer.WriteKey(PreconfiguredKey);
        writer.WriteKey(NetworkKey);
        writer.WriteOctet(NetworkKeySequence);
        writer.WriteEui64(TrustCenterEui64);
    }
}
