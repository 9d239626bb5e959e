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

    /// <summary>Whether the device relies upon its clock.</summary>
    public bool IsReliable => ElecClockTimeStatus == ClockTimeStatus.Reliable || GasClockTimeStatus == StatusOf(ClockTimeStatus.Reliable);

    /// <summary>A gas meter's trust in its clock as the answer writes it.</summary>
    /// <param name="status">Its trust.</param>
    /// <remarks>The words and numbers of an electricity meter's answer: an assumption, since the schema leaves both open.</remarks>
    public static Asn1Status StatusOf(ClockTimeStatus status) => new(ClockStatusText.Of(status), (long)status);

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("DeviceTime", DeviceTime)
        .Add("Electricity.ElecClockTimeStatus", ElecClockTimeStatus is null ? null : ClockStatusText.Of(ElecClockTimeStatus.Value))
        .Add("Gas.GasClockTimeStatus", GasClockTimeStatus?.Name)
        .Entries;
}
