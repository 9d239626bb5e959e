namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Sets the keys that a network begins with; before forming or joining.</summary>
/// <param name="State">The keys.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SetInitialSecurityStateRequest(EmberInitialSecurityState State)
    : IEzspMessage<SetInitialSecurityStateRequest>
{
    /// <inheritdoc/>
    public static SetInitialSecurityStateRequest Read(ref EzspReader reader) => new(EmberInitialSecurityState.Read(ref reader));

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer) => State.Write(ref writer);
}
