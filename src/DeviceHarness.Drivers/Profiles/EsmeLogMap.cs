using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>The logs of an electricity meter, each a profile of class 7 by its logical name.</summary>
/// <param name="DailyReadLog">The daily read log; null when the model has none.</param>
/// <param name="EventLogs">The event logs that the model has.</param>
public sealed record EsmeLogMap(ObisCode? DailyReadLog, IReadOnlyDictionary<EventLog, ObisCode> EventLogs)
{
    /// <summary>A model without logs.</summary>
    public static EsmeLogMap None { get; } = new(null, new Dictionary<EventLog, ObisCode>());
}
