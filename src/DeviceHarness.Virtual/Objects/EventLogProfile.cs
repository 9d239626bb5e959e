using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Objects;

/// <summary>One of the event logs of a device: what happened when.</summary>
/// <param name="logicalName">The log's name.</param>
/// <param name="device">The inside of the device.</param>
/// <param name="eventCode">The object whose value the log captures.</param>
/// <param name="log">The entries.</param>
/// <param name="clear">Clears them; null for a log that nobody can clear.</param>
/// <typeparam name="TDevice">The inside of the device that has the log.</typeparam>
internal sealed class EventLogProfile<TDevice>(
    ObisCode logicalName, TDevice device, ObisCode eventCode, Func<IReadOnlyList<EventEntry>> log, Action? clear)
    : CosemProfile<TDevice>(
        logicalName, device, EventLogs.Capacity, [new ProfileColumn(DataClass, eventCode, 2)],
        clear is null ? null : ClientAccess.Management)
    where TDevice : IObjectHost
{
    private const ushort DataClass = 1;

    /// <inheritdoc/>
    protected override uint CapturePeriodSeconds => 0;

    /// <inheritdoc/>
    protected override int RowCount => log().Count;

    /// <inheritdoc/>
    protected override (DateTimeOffset Stamp, bool IsValid) StampOf(int row)
    {
        EventEntry entry = log()[row];
        return (entry.Stamp, entry.IsStampValid);
    }

    /// <inheritdoc/>
    protected override void EncodeCaptured(int row, int column, ref AxdrWriter writer) =>
        writer.WriteLongUnsigned((ushort)log()[row].Code);

    /// <inheritdoc/>
    protected override void Clear() => clear?.Invoke();
}
