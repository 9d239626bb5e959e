using System.Collections.Frozen;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Network;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Tariff;
using DeviceHarness.Duis.Catalogue;

namespace DeviceHarness.Duis.Undo;

/// <summary>The one place that says which command undoes another, and why nothing undoes the rest.</summary>
/// <remarks>The harness's own list. What a command left behind that no reading tells, such as block counters that a new tariff began anew,
/// stays.</remarks>
public static class UndoRules
{
    /// <summary>The DUIS type of an electricity meter.</summary>
    internal const string Electricity = "ESME";

    private const string Gas = "GSME";

    private static readonly string[] BothMeters = [Electricity, Gas];

    // No row is that old: the period of the average is told all the same. A meter may take no time of another century.
    private static readonly ReadLogPeriod NoRows =
        new(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static readonly FrozenDictionary<(string DeviceType, string Srv), string> Reasons =
        CsvRows.Read("without-inverse.csv").ToFrozenDictionary(row => (row["device_type"], row["srv"]), row => row["reason"]);

    /// <summary>All rules.</summary>
    public static IReadOnlyList<UndoRule> All { get; } =
    [
        new SupplyRule(),
        new RequestRule<UpdateImportTariffPrimaryElement>(
            "tariff", "1.1.1", [new ReadTariffPrimaryElement()], UndoInverses.Tariff)
        {
            Dated = (request, time) => request with { ExecutionDateTime = time },
        },
        new RequestRule<UpdatePricePrimaryElement>("prices", "1.2.1", [new ReadTariffPrimaryElement()], UndoInverses.Prices)
        {
            Dated = (request, time) => request with { ExecutionDateTime = time },
        },
        new RequestRule<UpdatePaymentMode>(
            "payment mode", "1.6", [new ReadDeviceConfigurationPaymentMode(), new ReadPrepaymentConfiguration()], UndoInverses.PaymentMode)
        {
            DeviceTypes = BothMeters,
            Dated = (request, time) => request with { ExecutionDateTime = time },
            Stated = ("baseline-payment-mode", word => word == nameof(PaymentMode.Credit) ? new UpdatePaymentMode(Prepayment: null) : null),
        },
        new RequestRule<UpdatePrepayConfiguration>(
            "prepayment settings", "2.1", [new ReadPrepaymentConfiguration()], UndoInverses.Prepayment)
        {
            Dated = (request, time) => request with { ExecutionDateTime = time },
        },
        new DebtRule(),
        new RequestRule<UpdateDeviceConfigurationLoadLimitingGeneralSettings>(
            "load limit", "6.4.1", [new ReadLoadLimitData()], UndoInverses.LoadLimit)
        {
            Dated = (request, time) => request with { ExecutionDateTime = time },
        },
        new RequestRule<UpdateDeviceConfigurationVoltage>(
            "voltage bounds", "6.5", [new ReadDeviceConfigurationVoltage(), new ReadNetworkData(NoRows)], UndoInverses.Voltage),
        new RequestRule<UpdateDeviceConfigurationBillingCalendar>(
            "billing calendar", "6.8", [new ReadDeviceConfigurationBillingCalendar()], UndoInverses.BillingCalendar),
        new BalanceRule { DeviceTypes = BothMeters },
        .. Enumerable.Range(1, AuxiliaryLoadIndex.Last).Select(index => new AuxiliaryLoadRule(index)),
        .. Watched,
        .. OfGas,
    ];

    /// <summary>What is put back in a gas meter by its own forms of a request. Nothing opens a valve again but a person, so that no supply
    /// is put back; and a meter that sleeps is not read five times around new firmware: 11.3 is followed by no comparison.</summary>
    private static IEnumerable<UndoRule> OfGas =>
    [
        new RequestRule<UpdateGasImportTariffPrimaryElement>(
            "gas tariff", "1.1.1", [new ReadTariffPrimaryElement()], GasUndoInverses.Tariff)
        {
            DeviceTypes = [Gas],
            Dated = (request, time) => request with { ExecutionDateTime = time },
        },
        new RequestRule<UpdateGasPricePrimaryElement>("gas prices", "1.2.1", [new ReadTariffPrimaryElement()], GasUndoInverses.Prices)
        {
            DeviceTypes = [Gas],
            Dated = (request, time) => request with { ExecutionDateTime = time },
        },
        new RequestRule<UpdateGasPrepayConfiguration>(
            "gas prepayment settings", "2.1", [new ReadPrepaymentConfiguration()], GasUndoInverses.Prepayment)
        {
            DeviceTypes = [Gas],
            Dated = (request, time) => request with { ExecutionDateTime = time },
        },
        new GasDebtRule { DeviceTypes = [Gas] },
        new RequestRule<UpdateDeviceConfigurationGasBillingCalendar>(
            "gas billing calendar", "6.8", [new ReadDeviceConfigurationBillingCalendar()], GasUndoInverses.BillingCalendar)
        {
            DeviceTypes = [Gas],
        },
        new WatchRule(
            "baseline of the gas payment mode", new ReadDeviceConfigurationPaymentMode(), ["1.1.1", "1.2.1", "1.5", "2.1", "2.3", "2.5"])
        {
            DeviceTypes = [Gas],
        },
        new WatchRule(
            "baseline of the gas prepayment settings", new ReadPrepaymentConfiguration(), ["1.6", "2.3", "2.5"], "DisablementThreshold",
            "DebtRecoveryPerPayment", "Gas.DebtRecovery")
        {
            DeviceTypes = [Gas],
        },
    ];

    /// <summary>The rest of the baseline: what is read before a command and compared afterwards. New firmware may change anything; a
    /// tariff is known to disturb auxiliary loads; what is about credit shares its objects with the rest of the account. How debts are
    /// suspended and where the supply ends belong to prepayment: in credit mode they are not put back, and not compared.</summary>
    private static IEnumerable<UndoRule> Watched =>
    [
        new WatchRule("baseline of the identity", new ReadDeviceConfigurationIdentityExcMPxN(), ["11.3"]),
        new WatchRule("baseline of the meter point", new ReadDeviceConfigurationMPxN(), ["11.3"]),
        new WatchRule(
            "baseline of the payment mode", new ReadDeviceConfigurationPaymentMode(),
            ["1.1.1", "1.2.1", "1.5", "2.1", "2.3", "2.5", "11.3"], "SuspendDebt"),
        new WatchRule(
            "baseline of the prepayment settings", new ReadPrepaymentConfiguration(), ["1.6", "2.3", "2.5", "11.3"],
            "SuspendDebt", "DisablementThreshold"),
        new WatchRule(
            "baseline of the tariff", new ReadTariffPrimaryElement(), ["1.2.1", "11.3"], "Electricity.PrimaryActiveTariffPrice"),
        new WatchRule("baseline of the load limit", new ReadLoadLimitData(), ["6.4.2", "11.3"], "LoadLimitCounterValue"),
        new WatchRule("baseline of the voltage bounds", new ReadDeviceConfigurationVoltage(), ["6.27", "11.3"]),
        new WatchRule("baseline of the randomised offset", new ReadDeviceConfigurationRandomisation(), ["11.3"]),
        new WatchRule("baseline of the power thresholds", new ReadDeviceConfigurationInstantaneousPowerThresholds(), ["11.3"]),
        new WatchRule(
            "baseline of the auxiliary loads", new ReadALCSData(), ["1.1.1", "1.2.1", "11.3"], "AuxiliaryLoadControlSwitch["),
    ];

    /// <summary>The rule for the commands of a variant.</summary>
    /// <param name="deviceType">The DUIS device type that they go to.</param>
    /// <param name="srv">The service reference variant.</param>
    /// <returns>The first rule; null when nothing undoes them.</returns>
    public static UndoRule? Find(string deviceType, string srv) =>
        All.FirstOrDefault(rule => rule.DeviceTypes.Contains(deviceType) && rule.Variants.Contains(srv));

    /// <summary>The rule for a command; null when nothing undoes it.</summary>
    /// <param name="deviceType">The DUIS device type that it goes to.</param>
    /// <param name="command">The command.</param>
    public static UndoRule? For(string deviceType, SrvRequestBody command) =>
        All.FirstOrDefault(rule => rule.DeviceTypes.Contains(deviceType) && rule.Covers(command));

    /// <summary>The rules for what a command may change beside what it is for; none for most.</summary>
    /// <param name="deviceType">The DUIS device type that it goes to.</param>
    /// <param name="command">The command.</param>
    public static IEnumerable<UndoRule> Beside(string deviceType, SrvRequestBody command) =>
        All.Where(rule => rule.DeviceTypes.Contains(deviceType) && rule.IsTouchedBy(command));

    /// <summary>All that may be asked of a meter before a command, in this order.</summary>
    /// <param name="command">The command.</param>
    public static IEnumerable<SrvRequestBody> ReadsBefore(SrvRequestBody command) =>
    [
        .. BothMeters.SelectMany(type => (IEnumerable<SrvRequestBody>)[
            .. For(type, command)?.Reads ?? [],
            .. Beside(type, command).SelectMany(rule => rule.Reads),
        ]).Distinct(),
    ];

    /// <summary>Whether a request leaves a device as it is: DUIS calls such a one <c>Read…</c> or <c>Retrieve…</c>.</summary>
    /// <param name="request">The request.</param>
    public static bool IsRead(SrvRequestBody request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.ElementName.StartsWith("Read", StringComparison.Ordinal)
            || request.ElementName.StartsWith("Retrieve", StringComparison.Ordinal);
    }

    /// <summary>The rule of a name; null when there is none.</summary>
    /// <param name="name">The rule's own name.</param>
    public static UndoRule? Named(string name) => All.FirstOrDefault(rule => rule.Name == name);

    /// <summary>Why nothing undoes a variant; null when something does, or when nothing is known of it.</summary>
    /// <param name="deviceType">The DUIS device type that it goes to.</param>
    /// <param name="srv">The service reference variant.</param>
    public static string? WhyWithoutInverse(string deviceType, string srv) =>
        Reasons.GetValueOrDefault((deviceType, srv)) ?? Reasons.GetValueOrDefault((string.Empty, srv));
}
