using System.Reflection;
using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Drivers.Esme.Writes;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>The handlers of an electricity meter by service reference variant.</summary>
internal static class SrvHandlers
{
    /// <summary>The variants that have a handler.</summary>
    internal static IReadOnlyCollection<string> Variants { get; } =
    [
        .. typeof(SrvHandlers).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(SrvHandlers).Namespace)
            .Select(type => type.GetCustomAttribute<SrvAttribute>())
            .OfType<SrvAttribute>()
            .Select(srv => srv.Variant),
    ];

    /// <summary>The handlers for what a device model can do.</summary>
    /// <param name="meter">The objects that every model has.</param>
    /// <param name="reads">What the profile names for reads.</param>
    /// <param name="writes">What the profile names for requests that change the device.</param>
    /// <param name="logs">The logs; null when the model has none.</param>
    /// <param name="firmware">The firmware; null when the model takes none.</param>
    /// <param name="timeProvider">The clock.</param>
    internal static IReadOnlyDictionary<string, SrvHandler> Create(
        EsmeObjects meter, ReadObjects reads, WriteObjects writes, EsmeLogs? logs, EsmeFirmware? firmware, TimeProvider timeProvider)
    {
        List<SrvHandler> handlers =
        [
            new ReadInstantaneousImportRegistersHandler(meter),
            new SynchroniseClockHandler(meter, timeProvider),
            new CommissionDeviceHandler(meter, timeProvider),
            new EnableSupplyHandler(meter),
            new DisableSupplyHandler(meter),
            new ReadSupplyStatusHandler(meter),
            new ReadFirmwareVersionHandler(meter),
            .. ProfiledReadHandlers.Of(reads),
            .. ProfiledWriteHandlers.Of(writes, reads),
        ];
        if (logs is { HasDailyReadLog: true })
        {
            handlers.Add(new RetrieveImportDailyReadLogHandler(logs));
        }

        if (logs is { EventLogs.Count: > 0 })
        {
            handlers.Add(new ReadEventOrSecurityLogHandler(logs));
        }

        if (firmware is not null)
        {
            handlers.Add(new UpdateFirmwareHandler(firmware, timeProvider));
            handlers.Add(new ActivateFirmwareHandler(firmware, timeProvider));
        }

        return handlers.ToDictionary(VariantOf, StringComparer.Ordinal);
    }

    /// <summary>The variant that a handler serves.</summary>
    internal static string VariantOf(SrvHandler handler) =>
        handler.GetType().GetCustomAttribute<SrvAttribute>()?.Variant
        ?? throw new InvalidOperationException($"{handler.GetType().Name} has no [Srv]");
}
