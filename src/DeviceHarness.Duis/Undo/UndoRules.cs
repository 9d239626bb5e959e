using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Supply;

namespace DeviceHarness.Duis.Undo;

/// <summary>The one place that says which command undoes another.</summary>
/// <remarks>The harness's own list: only what a command restores exactly and a request reads back. Load limit (6.4.1), auxiliary load (7.5,
/// 7.6), tariff and price (1.1.1, 1.2.1) are not on it: no request of the catalogue reads all that they set.</remarks>
public static class UndoRules
{
    private const string Electricity = "ESME";

    /// <summary>The supply: 7.1 enables it, 7.2 disables it, 7.3 arms it, 7.4 reads it.</summary>
    public static UndoRule Supply { get; } = new(
        "supply", ["7.1", "7.2", "7.3"], "baseline-supply", nameof(SupplyState.Enabled), new ReadSupplyStatus(),
        answer => (answer as ReadSupplyStatusRsp)?.SupplyState?.ToString(),
        state => state switch
        {
            nameof(SupplyState.Enabled) => new EnableSupply(),
            nameof(SupplyState.Disabled) => new DisableSupply(),
            nameof(SupplyState.Armed) => new ArmSupply(),
            _ => null,
        });

    /// <summary>The payment mode: 1.6 sets it, 6.2.9 reads it. It goes back to Credit alone, where a rig file states that as the baseline:
    /// what belongs to Prepayment is not read back whole.</summary>
    public static UndoRule PaymentMode { get; } = new(
        "payment mode", ["1.6"], "baseline-payment-mode", UsualBaseline: null, new ReadDeviceConfigurationPaymentMode(),
        answer => (answer as ReadDeviceConfigurationPaymentModeRsp)?.PaymentMode?.ToString(),
        state => state == nameof(Bodies.Prepayment.PaymentMode.Credit) ? new UpdatePaymentMode(Prepayment: null) : null);

    /// <summary>All rules.</summary>
    public static IReadOnlyList<UndoRule> All { get; } = [Supply, PaymentMode];

    /// <summary>The rule for a command.</summary>
    /// <param name="deviceType">The DUIS device type that the command goes to.</param>
    /// <param name="srv">The service reference variant.</param>
    /// <returns>The rule; null when nothing undoes the command.</returns>
    public static UndoRule? Find(string deviceType, string srv) =>
        deviceType == Electricity ? All.FirstOrDefault(rule => rule.Variants.Contains(srv)) : null;

    /// <summary>The rule of a name; null when there is none.</summary>
    public static UndoRule? Named(string name) => All.FirstOrDefault(rule => rule.Name == name);
}
