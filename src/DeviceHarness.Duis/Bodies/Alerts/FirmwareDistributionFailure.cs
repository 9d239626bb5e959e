namespace DeviceHarness.Duis.Bodies.Alerts;

/// <summary>A DCC alert: devices that an 11.1 could not deliver its image to.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, FirmwareDistributionFailure. <see cref="SrvResponseBody.MessageSuccess"/> is false and no part of
/// the XML, see <see cref="FirmwareVerificationAlert"/>. Compares by content.</remarks>
public sealed record FirmwareDistributionFailure : SrvResponseBody
{
    /// <summary>Creates the alert.</summary>
    /// <param name="requestId">The 11.1.</param>
    /// <param name="meters">The devices, at least one.</param>
    public FirmwareDistributionFailure(RequestId requestId, IReadOnlyList<Eui64> meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        ArgumentOutOfRangeException.ThrowIfZero(meters.Count, nameof(meters));
        RequestId = requestId;
        Meters = meters;
        MessageSuccess = false;
    }

    /// <summary>The 11.1.</summary>
    public RequestId RequestId { get; }

    /// <summary>The devices.</summary>
    public IReadOnlyList<Eui64> Meters { get; }

    /// <inheritdoc/>
    public override string ElementName => "FirmwareDistributionFailure";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("UpdateFirmwareRequestID", RequestId.ToString())
        .Add("MeterIDs", string.Join(',', Meters))
        .Entries;

    /// <inheritdoc/>
    public bool Equals(FirmwareDistributionFailure? other) =>
        other is not null && RequestId == other.RequestId && Meters.SequenceEqual(other.Meters);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RequestId, Meters.Count);
}
