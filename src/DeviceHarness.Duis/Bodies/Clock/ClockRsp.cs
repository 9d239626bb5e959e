namespace DeviceHarness.Duis.Bodies.Clock;

/// <summary>The answer to a <see cref="ClockRequest"/>.</summary>
/// <remarks>Spec: MMC XML schema 5.4, SynchroniseClockRsp and CommissionDeviceSynchroniseClockRsp, of one content.</remarks>
public abstract record ClockRsp : SrvResponseBody
{
    /// <summary>The device's time after the request; null when absent.</summary>
    public DateTimeOffset? DeviceTime { get; init; }

    /// <summary>An electricity meter's trust in its clock; null when absent.</summary>
    public ClockTimeStatus? ElecClockTimeStatus { get; init; }

    /// <summary>A gas meter's trust in its clock; null when absent. Never together with <see cref="ElecClockTimeStatus"/>.</summary>
    public Asn1Status? GasClockTimeStatus { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("DeviceTime", DeviceTime)
        .Add("Electricity.ElecClockTimeStatus", ElecClockTimeStatus is null ? null : ClockStatusText.Of(ElecClockTimeStatus.Value))
        .Add("Gas.GasClockTimeStatus", GasClockTimeStatus?.Name)
        .Entries;
}
