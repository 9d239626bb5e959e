using System.Reflection;
using DeviceHarness.Drivers.Esme.Srv;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>The handlers of a gas meter by service reference variant.</summary>
internal static class GasHandlers
{
    /// <summary>The variants that have a handler.</summary>
    internal static IReadOnlyCollection<string> Variants { get; } =
    [
        .. typeof(GasHandlers).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(GasHandlers).Namespace)
            .Select(type => type.GetCustomAttribute<SrvAttribute>())
            .OfType<SrvAttribute>()
            .Select(srv => srv.Variant),
    ];

    /// <summary>The handlers of a meter.</summary>
    internal static IReadOnlyDictionary<string, SrvHandler> Create(GasMeter meter)
    {
        SrvHandler[] handlers =
        [
            new UpdateMeterBalanceHandler(meter),
            new UpdatePaymentModeHandler(meter),
            new TopUpDeviceHandler(meter),
            new ActivateEmergencyCreditHandler(meter),
            new ClearEventLogHandler(meter),
            new ReadInstantaneousImportRegistersHandler(meter),
            new ReadInstantaneousPrepayValuesHandler(meter),
            new ReadDeviceConfigurationIdentityHandler(meter),
            new ReadDeviceConfigurationPaymentModeHandler(meter),
            new ReadDeviceConfigurationMPxNHandler(meter),
            new ReadEventOrSecurityLogHandler(meter),
            new DisableSupplyHandler(meter),
            new ArmSupplyHandler(meter),
            new ReadSupplyStatusHandler(meter),
            new ReadFirmwareVersionHandler(meter),
        ];
        return handlers.ToDictionary(SrvHandlers.VariantOf, StringComparer.Ordinal);
    }
}
