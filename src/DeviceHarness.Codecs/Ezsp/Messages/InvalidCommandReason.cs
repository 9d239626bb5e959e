namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Why the adapter refuses a command; one octet in every version.</summary>
/// <param name="Reason">The reason.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct InvalidCommandReason(EzspStatus Reason) : IEzspMessage<InvalidCommandReason>
{
    /// <inheritdoc/>
    public static InvalidCommandReason Read(ref EzspReader reader) => new((EzspStatus)reader.ReadOctet());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer) => writer.WriteOctet((byte)Reason);
}
