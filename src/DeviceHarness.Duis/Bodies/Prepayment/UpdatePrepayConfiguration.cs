namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>The request of SRV 2.1 to an electricity meter: change how prepayment works.</summary>
/// <param name="DebtRecoveryRateCap">The most that is collected of debts, 0 to 65,535; the schema names no unit.</param>
/// <param name="EmergencyCreditLimit">The emergency credit, in thousandths of a penny as far as it is known, as all amounts here.</param>
/// <param name="EmergencyCreditThreshold">Below which balance it is offered.</param>
/// <param name="LowCreditThreshold">Below which balance the meter warns.</param>
/// <param name="NonDisablement">When the supply stays on without credit.</param>
/// <param name="MaxMeterBalance">The highest balance that a payment may bring.</param>
/// <param name="MaxCreditThreshold">The highest payment.</param>
/// <param name="ExecutionDateTime">From when on the device has it in force; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.1, UpdatePrepayConfiguration.</remarks>
public sealed record UpdatePrepayConfiguration(
    int DebtRecoveryRateCap, int EmergencyCreditLimit, int EmergencyCreditThreshold, int LowCreditThreshold,
    NonDisablementCalendar NonDisablement, int MaxMeterBalance, int MaxCreditThreshold, DateTimeOffset? ExecutionDateTime = null)
    : SrvRequestBody, IDeviceDated
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "2.1";

    /// <inheritdoc/>
    public override string ElementName => "UpdatePrepayConfiguration";

    /// <inheritdoc/>
    public override string DeviceType => Electricity;
}
