using System.Globalization;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Duis.Undo;

/// <summary>The meter balance: 1.5 adjusts or resets it, 2.2 adds to it, 4.18 reads it. What restores it adjusts it by what it differs from
/// the one before; the code of a top-up stays spent.</summary>
/// <remarks>A balance moves with use and by the day: within a pound it counts as the one before, so that nobody is charged for what a bench
/// used.</remarks>
internal sealed class BalanceRule() : UndoRule(
    "balance", ["1.5"], [new ReadMeterBalance(), new ReadDeviceConfigurationPaymentMode()])
{
    /// <summary>A pound, in the thousandths of a penny that meters are taken to count.</summary>
    private const long Tolerance = 100_000;

    /// <inheritdoc/>
    public override bool MovesByItself => true;

    /// <inheritdoc/>
    public override int Turn => BeforeSupply;

    /// <inheritdoc/>
    public override bool IsTouchedBy(SrvRequestBody command) => command is TopUpDevice;

    /// <inheritdoc/>
    public override string? StateBefore(UndoReadings readings, SrvRequestBody command) => BalanceIn(readings) is { } balance
        ? balance.ToString(CultureInfo.InvariantCulture)
        : null;

    /// <inheritdoc/>
    public override string? StateOf(UndoReadings readings, string baseline) => BalanceIn(readings) is not { } balance ? null
        : Of(baseline) is { } wanted && Math.Abs(balance - wanted) <= Tolerance ? baseline
        : balance.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override IReadOnlyList<SrvRequestBody> Restore(string baseline, UndoReadings now) =>
        Of(baseline) is { } wanted && BalanceIn(now) is { } balance
            && wanted - balance is >= int.MinValue and <= int.MaxValue and var missing
            ? [new UpdateMeterBalance(ModeIn(now), (int)missing)]
            : [];

    private static BalanceMode ModeIn(UndoReadings readings) =>
        readings.Find<ReadDeviceConfigurationPaymentModeRsp>()?.PaymentMode == PaymentMode.Credit
            ? BalanceMode.CreditMode
            : BalanceMode.PrepaymentMode;

    private static long? BalanceIn(UndoReadings readings) => readings.Find<ReadMeterBalanceRsp>()?.MeterBalance;

    private static long? Of(string state) =>
        long.TryParse(state, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long balance) ? balance : null;
}
