using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Supply;

namespace DeviceHarness.Duis.Undo;

/// <summary>The supply: 7.1 enables it, 7.2 disables it, 7.3 arms it, 7.4 reads it. A rig wants its meters with their supply, however a
/// case found it, unless its file states the fact <c>baseline-supply</c>. What may cut it beside its own purpose, for want of credit or for
/// too much load, has it put back as it was read before.</summary>
internal sealed class SupplyRule() : UndoRule("supply", ["7.1", "7.2", "7.3"], [new ReadSupplyStatus()])
{
    private const string BaselineFact = "baseline-supply";

    /// <inheritdoc/>
    public override bool IsReadFirst => false;

    /// <inheritdoc/>
    public override int Turn => SupplyTurn;

    /// <inheritdoc/>
    /// <remarks>The balance (1.5), the payment mode (1.6), the prepayment settings (2.1) and debts (2.3) decide whether there is credit,
    /// the load limit (6.4.1) whether there is too much load; firmware that begins anew (11.3) may leave it off.</remarks>
    public override bool IsTouchedBy(SrvRequestBody command) =>
        command is UpdateMeterBalance or UpdatePaymentMode or UpdatePrepayConfiguration or UpdateDebt
            or UpdateDeviceConfigurationLoadLimitingGeneralSettings or ActivateFirmware;

    /// <inheritdoc/>
    public override string? StatedIn(IReadOnlyDictionary<string, string> facts) =>
        facts.GetValueOrDefault(BaselineFact, nameof(SupplyState.Enabled));

    /// <inheritdoc/>
    public override string? StateBefore(UndoReadings readings, SrvRequestBody command) => StateIn(readings);

    /// <inheritdoc/>
    public override string? StateOf(UndoReadings readings, string baseline) => StateIn(readings);

    /// <inheritdoc/>
    public override IReadOnlyList<SrvRequestBody> Restore(string baseline, UndoReadings now) => baseline switch
    {
        nameof(SupplyState.Enabled) => [new EnableSupply()],
        nameof(SupplyState.Disabled) => [new DisableSupply()],
        nameof(SupplyState.Armed) => [new ArmSupply()],
        _ => [],
    };

    private static string? StateIn(UndoReadings readings) => readings.Find<ReadSupplyStatusRsp>()?.SupplyState?.ToString();
}
