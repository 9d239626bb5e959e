namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>What is known of the network keys, from version 12.</summary>
/// <param name="Status">What came of it; four octets in every version.</param>
/// <param name="IsKeySet">Whether there is one in use.</param>
/// <param name="IsAlternateKeySet">Whether there is a next one.</param>
/// <param name="KeySequence">The number of the one in use.</param>
/// <param name="AlternateKeySequence">The number of the next one.</param>
/// <param name="FrameCounter">The counter of the last frame sent.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct NetworkKeyInfoResponse(
    EzspStatusCode Status, bool IsKeySet, bool IsAlternateKeySet, byte KeySequence, byte AlternateKeySequence, uint FrameCounter)
    : IEzspMessage<NetworkKeyInfoResponse>
{
    /// <inheritdoc/>
    public static NetworkKeyInfoResponse Read(ref EzspReader reader) => new(
        reader.ReadSlStatus(), reader.ReadBool(), reader.ReadBool(), reader.ReadOctet(), reader.ReadOctet(), reader.ReadDoubleWord());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteSlStatus(Status);
        writer.WriteBool(IsKeySet);
        writer.WriteBool(IsAlternateKeySet);
        writer.WriteOctet(KeySequence);
        writer.WriteOctet(AlternateKeySequence);
        writer.WriteDoubleWord(FrameCounter);
    }
}
