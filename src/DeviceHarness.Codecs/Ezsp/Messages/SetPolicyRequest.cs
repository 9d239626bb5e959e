namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Sets a policy.</summary>
/// <param name="PolicyId">Which policy.</param>
/// <param name="Decision">The decision.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SetPolicyRequest(EzspPolicyId PolicyId, byte Decision) : IEzspMessage<SetPolicyRequest>
{
    /// <inheritdoc/>
    public static SetPolicyRequest Read(ref EzspReader reader) => new((EzspPolicyId)reader.ReadOctet(), reader.ReadOctet());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteOctet((byte)PolicyId);
        writer.WriteOctet(Decision);
    }
}
