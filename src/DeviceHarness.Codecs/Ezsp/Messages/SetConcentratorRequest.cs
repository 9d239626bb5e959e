namespace DeviceHarness.Codecs.Ezsp.Messages;

/// <summary>Makes the node a concentrator, or no longer.</summary>
/// <param name="IsOn">Whether it is one.</param>
/// <param name="Type">FFF9 with room for source routes, FFF8 without.</param>
/// <param name="MinimumTimeSeconds">The least time between two route requests.</param>
/// <param name="MaximumTimeSeconds">The most time between two route requests.</param>
/// <param name="RouteErrorThreshold">After how many route errors one goes out.</param>
/// <param name="DeliveryFailureThreshold">After how many delivery failures one goes out.</param>
/// <param name="MaximumHops">How far it goes; 0 the most.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up.</remarks>
public readonly record struct SetConcentratorRequest(
    bool IsOn, ushort Type, ushort MinimumTimeSeconds, ushort MaximumTimeSeconds, byte RouteErrorThreshold,
    byte DeliveryFailureThreshold, byte MaximumHops)
    : IEzspMessage<SetConcentratorRequest>
{
    /// <inheritdoc/>
    public static SetConcentratorRequest Read(ref EzspReader reader) => new(
        reader.ReadBool(), reader.ReadWord(), reader.ReadWord(), reader.ReadWord(), reader.ReadOctet(), reader.ReadOctet(),
        reader.ReadOctet());

    /// <inheritdoc/>
    public void Write(ref EzspWriter writer)
    {
        writer.WriteBool(IsOn);
        writer.WriteWord(Type);
        writer.WriteWord(MinimumTimeSeconds);
        writer.WriteWord(MaximumTimeSeconds);
        writer.WriteOctet(RouteErrorThreshold);
        writer.WriteOctet(DeliveryFailureThreshold);
        writer.WriteOctet(MaximumHops);
    }
}
