namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Has the codes calculated that prove that both sides know the secret.</summary>
/// <param name="IsInitiator">Whether the adapter's side began.</param>
/// <param name="PartnerCertificate">74 octets.</param>
/// <param name="PartnerEphemeralPublicKey">37 octets, compressed.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct CalculateSmacsRequest283K1(
    bool IsInitiator, ReadOnlyMemory<byte> PartnerCertificate, ReadOnlyMemory<byte> PartnerEphemeralPublicKey)
    : IEzspMessage<CalculateSmacsRequest283K1>
{
    /// <inheritdoc/>
    public static CalculateSmacsRequest283K1 Read(ref EzspReader reader) => new(
        reader.ReadBool(), reader.ReadOctets(74), reader.ReadOctets(37));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteBool(IsInitiator);
        writer.WriteFixed(PartnerCertificate, 74);
        writer.WriteFixed(PartnerEphemeralPublicKey, 37);
    }
}
