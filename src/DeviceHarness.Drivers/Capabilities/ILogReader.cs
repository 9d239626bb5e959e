using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Capabilities;

/// <summary>Reads the logs of an electricity meter.</summary>
public interface ILogReader : IEventLogReader
{
    /// <summary>Reads the daily readings of a period.</summary>
    /// <param name="period">The period; the device decides what lies in it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The days in the device's order, at most 31; empty when the log has none in the period.</returns>
    /// <exception cref="Abstractions.Errors.HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    ValueTask<IReadOnlyList<ImportDailyReadLogEntry>> ReadDailyReadLogAsync(ReadLogPeriod period, CancellationToken cancellationToken);
}
