using System.Globalization;

namespace DeviceHarness.Duis.Bodies.Hub;

/// <summary>The answer to SRV 8.9: a comms hub's log, or one of the two other forms, never both. Compares by content.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadDeviceLogRsp.</remarks>
public sealed record ReadDeviceLogRsp : SrvResponseBody
{
    /// <summary>The most devices of a comms hub's log.</summary>
    public const int MaxEntries = 16;

    /// <summary>The devices of a comms hub's log; null when the answer has none, empty when the log has none.</summary>
    public IReadOnlyList<HanDeviceLogEntry>? Devices { get; init; }

    /// <summary>The log of a gas proxy function, or the devices with their security details, as it came; null when there is
    /// none.</summary>
    public string? OtherLogXml { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadDeviceLogRsp";

    /// <inheritdoc/>
    /// <remarks><c>CHFDeviceLogEntry.Count</c> is the number of devices; <c>CHFDeviceLogEntry[1].DeviceID</c> is the first one,
    /// <c>DeviceIDs</c> all with a blank between.</remarks>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            BodyValues values = BodyValues.Of(this).Add("CHFDeviceLogEntry.Count", Devices?.Count)
                .Add("DeviceIDs", Devices is null ? null : string.Join(' ', Devices.Select(device => device.DeviceId?.ToString() ?? "-")));
            for (int index = 0; index < Devices?.Count; index++)
            {
                string path = string.Create(CultureInfo.InvariantCulture, $"CHFDeviceLogEntry[{index + 1}]");
                HanDeviceLogEntry entry = Devices[index];
                values.Add($"{path}.DeviceID", entry.DeviceId?.ToString())
                    .Add($"{path}.LastCommunicationsDateTime", entry.LastCommunications)
                    .Add($"{path}.SubGHzLinkQuality", (long?)entry.SubGHzLinkQuality);
            }

            return values.Entries;
        }
    }

    /// <inheritdoc/>
    public bool Equals(ReadDeviceLogRsp? other) => other is not null && MessageSuccess == other.MessageSuccess
        && OtherLogXml == other.OtherLogXml
        && (Devices is null ? other.Devices is null : other.Devices is not null && Devices.SequenceEqual(other.Devices));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MessageSuccess, Devices?.Count, OtherLogXml);
}
