namespace DeviceHarness.Duis.Bodies.Clock;

/// <summary>The answer to SRV 6.11.</summary>
/// <remarks>Spec: MMC XML schema 5.4, SynchroniseClockRsp.</remarks>
public sealed record SynchroniseClockRsp : SrvResponseBody
{
    /// <summary>The device's time after the request; null when absent.</summary>
    public DateTimeOffset? DeviceTime { get; init; }

    /// <summary>An electricity meter's trust in its clock; null when absent.</summary>
    public ClockTimeStatus? ElecClockTimeStatus { get; init; }

    /// <summary>A gas meter's trust in its clock; null when absent. Never together with <see cref="ElecClockTimeStatus"/>.</summary>
    public Asn1Status? GasClockTimeStatus { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "SynchroniseClockRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("DeviceTime", DeviceTime)
        .Add("Electricity.ElecClockTimeStatus", ElecClockTimeStatus is null ? null : ClockStatusText.Of(ElecClockTimeStatus.Value))
        .Add("Gas.GasClockTimeStatus", GasClockTimeStatus?.Name)
        .Entries;
}
