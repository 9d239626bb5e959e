using System.Reflection;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>The handlers of an electricity meter by service reference variant.</summary>
internal static class SrvHandlers
{
    /// <summary>The variants that have a handler.</summary>
    internal static IReadOnlyCollection<string> Variants { get; } =
    [
        .. typeof(SrvHandlers).Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<SrvAttribute>())
            .OfType<SrvAttribute>()
            .Select(srv => srv.Variant),
    ];

    internal static IReadOnlyDictionary<string, SrvHandler> Create(EsmeObjects meter, TimeProvider timeProvider)
    {
        SrvHandler[] handlers =
        [
            new ReadInstantaneousImportRegistersHandler(meter),
            new SynchroniseClockHandler(meter, timeProvider),
            new EnableSupplyHandler(meter),
            new DisableSupplyHandler(meter),
            new ReadSupplyStatusHandler(meter),
            new ReadFirmwareVersionHandler(meter),
        ];
        return handlers.ToDictionary(VariantOf, StringComparer.Ordinal);
    }

    private static string VariantOf(SrvHandler handler) =>
        handler.GetType().GetCustomAttribute<SrvAttribute>()?.Variant
        ?? throw new InvalidOperationException($"{handler.GetType().Name} has no [Srv]");
}
