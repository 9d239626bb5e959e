using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Drivers.Capabilities;

/// <summary>Reads the event logs of a device.</summary>
public interface IEventLogReader
{
    /// <summary>The event logs that the device model has.</summary>
    IReadOnlyCollection<EventLog> EventLogs { get; }

    /// <summary>Reads the events of a period.</summary>
    /// <param name="log">One of <see cref="EventLogs"/>.</param>
    /// <param name="period">The period; the device decides what lies in it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The events in the device's order, the last 100 at most; empty when the log has none in the period.</returns>
    /// <exception cref="Abstractions.Errors.HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    ValueTask<IReadOnlyList<EventLogEntry>> ReadEventLogAsync(EventLog log, ReadLogPeriod period, CancellationToken cancellationToken);
}
