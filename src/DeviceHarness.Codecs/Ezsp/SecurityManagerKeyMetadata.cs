namespace DeviceHarness.Codecs.Ezsp;

/// <summary>What belongs to a link key, beside the key; 12 octets.</summary>
/// <param name="Bits">What is known of the key.</param>
/// <param name="OutgoingFrameCounter">The counter of the last frame sent.</param>
/// <param name="IncomingFrameCounter">The counter of the last frame taken.</param>
/// <param name="TimeToLiveSeconds">How long a transient key lasts yet.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SecurityManagerKeyMetadata(
    ushort Bits, uint OutgoingFrameCounter, uint IncomingFrameCounter, ushort TimeToLiveSeconds)
    : IEzspMessage<SecurityManagerKeyMetadata>
{
    /// <inheritdoc/>
    public static SecurityManagerKeyMetadata Read(ref EzspReader reader) => new(
        reader.ReadWord(), reader.ReadDoubleWord(), reader.ReadDoubleWord(), reader.ReadWord());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteWord(Bits);
        writer.WriteDoubleWord(OutgoingFrameCounter);
        writer.WriteDoubleWord(IncomingFrameCounter);
        writer.WriteWord(TimeToLiveSeconds);
    }
}
