namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Has the codes calculated that prove that both sides know the secret.</summary>
/// <param name="IsInitiator">Whether the adapter's side began.</param>
/// <param name="PartnerCertificate">48 octets.</param>
/// <param name="PartnerEphemeralPublicKey">22 octets, compressed.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct CalculateSmacsRequest(
    bool IsInitiator, ReadOnlyMemory<byte> PartnerCertificate, ReadOnlyMemory<byte> PartnerEphemeralPublicKey)
    : IEzspMessage<CalculateSmacsRequest>
{
    /// <inheritdoc/>
    public static CalculateSmacsRequest Read(ref EzspReader reader) => new(
        reader.ReadBool(), reader.ReadOctets(48), reader.ReadOctets(22));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteBool(IsInitiator);
        writer.WriteFixed(PartnerCertificate, 48);
        writer.WriteFixed(PartnerEphemeralPublicKey, 22);
    }
}
