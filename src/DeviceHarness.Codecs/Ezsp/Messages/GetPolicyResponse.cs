namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>A policy.</summary>
/// <param name="Status">What came of it.</param>
/// <param name="Decision">The decision.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct GetPolicyResponse(EzspStatusCode Status, byte Decision) : IEzspMessage<GetPolicyResponse>
{
    /// <inheritdoc/>
    public static GetPolicyResponse Read(ref EzspReader reader) => new(reader.ReadEzspStatus(), reader.ReadOctet());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteEzspStatus(Status);
        writer.WriteOctet(Decision);
    }
}
