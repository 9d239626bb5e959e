using System.Reflection;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Catalogue;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>The handlers of a gas meter by service reference variant.</summary>
internal static class GasHandlers
{
    private static readonly Type[] Types =
        [.. typeof(GasHandlers).Assembly.GetTypes().Where(type => type.Namespace == typeof(GasHandlers).Namespace)];

    /// <summary>The variants that a meter serves: those with a handler where the catalogue names the GSME, or no device.</summary>
    internal static IReadOnlyCollection<string> Variants { get; } =
    [
        .. Types.SelectMany(VariantsOf).Where(variant =>
            IsOf(variant, SmartEnergyProfile.Gsme) || (SrvCatalogue.TryFind(variant, out SrvEntry? entry) && entry.DeviceTypes.Count == 0)),
    ];

    /// <summary>The variants that a mirror serves too: what only reads and a mirror holds, where the catalogue names the GPF.</summary>
    internal static IReadOnlyCollection<string> VariantsOfMirror { get; } =
    [
        .. Types.Where(type => !type.IsSubclassOf(typeof(GasCommandHandler)) && !type.IsSubclassOf(typeof(GasTableHandler)))
            .SelectMany(VariantsOf)
            .Where(variant => IsOf(variant, SmartEnergyProfile.Gpf)),
    ];

    /// <summary>The handlers of a meter.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="options">What its driver is made from.</param>
    internal static IReadOnlyDictionary<string, SrvHandler> Create(GasMeter meter, SmartEnergyOptions options)
    {
        TimeProvider timeProvider = options.Calendar ?? options.TimeProvider;
        GasClock clock = new(meter);
        SrvHandler[] handlers =
        [
            new UpdateGasTariffHandler(meter),
            new UpdateGasPriceHandler(meter),
            new UpdateMeterBalanceHandler(meter),
            new UpdatePaymentModeHandler(meter),
            new UpdateGasPrepayConfigurationHandler(meter),
            new TopUpDeviceHandler(meter),
            new UpdateGasDebtHandler(meter),
            new ActivateEmergencyCreditHandler(meter),
            new ClearEventLogHandler(meter),
            new ReadInstantaneousImportRegistersHandler(meter),
            new ReadInstantaneousPrepayValuesHandler(meter),
            new RetrieveImportDailyReadLogHandler(meter),
            new ReadActiveImportProfileDataHandler(meter),
            new ReadNetworkDataHandler(meter),
            new RetrieveDailyConsumptionLogHandler(meter),
            new ReadTariffHandler(meter),
            new ReadPrepaymentConfigurationHandler(meter),
            new ReadMeterBalanceHandler(meter),
            new ReadBillingCalendarHandler(meter),
            new ReadDeviceConfigurationIdentityHandler(meter),
            new ReadDeviceConfigurationPaymentModeHandler(meter),
            new ReadDeviceConfigurationMPxNHandler(meter),
            new UpdateGasBillingCalendarHandler(meter),
            new SynchroniseGasClockHandler(clock, timeProvider),
            new ReadEventOrSecurityLogHandler(meter),
            new DisableSupplyHandler(meter),
            new ArmSupplyHandler(meter),
            new ReadSupplyStatusHandler(meter),
            new CommissionGasMeterHandler(clock, timeProvider),
            new DisplayGasMessageHandler(meter, options.Messages),
            .. FirmwareHandlers.Of(meter, options),
        ];
        return handlers.ToDictionary(SrvHandlers.VariantOf, StringComparer.Ordinal);
    }

    private static bool IsOf(string variant, string deviceType) =>
        SrvCatalogue.TryFind(variant, out SrvEntry? entry) && entry.DeviceTypes.Contains(deviceType);

    private static IEnumerable<string> VariantsOf(Type type) =>
        type.GetCustomAttribute<SrvAttribute>() is { } srv ? [srv.Variant] : [];
}
