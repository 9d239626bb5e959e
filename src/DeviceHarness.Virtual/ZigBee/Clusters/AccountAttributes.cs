using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Prepayment;
using static DeviceHarness.Virtual.ZigBee.Clusters.AttributeData;

namespace DeviceHarness.Virtual.ZigBee.Clusters;

/// <summary>The attributes of a Prepayment server that come from the account of the meter.</summary>
/// <remarks>Source: ZigBee Smart Energy, Prepayment cluster, as this harness's ZigBee guide 8.7 lists ids and types. What the currency
/// scaling's numbers mean it does not say: 01 for the fifth decimal of a pound is an assumption of the harness.</remarks>
internal static class AccountAttributes
{
    private const int ControlPrepayment = 0x0002 | 0x0001 | 0x0080;
    private const int ControlCredit = 0x0004 | 0x0080;
    private const int Pounds = 826;
    private const int HundredThousandths = 0x01;
    private const int DebtStep = 16;
    private const int KilowattHours = 0x00;
    private const int ByTime = 0;
    private const int ByPercentage = 1;

    /// <summary>The attributes of an account; money is in thousandths of a penny.</summary>
    public static Dictionary<ushort, Func<ZclData>> Of(PrepaymentEngine account)
    {
        Dictionary<ushort, Func<ZclData>> all = new()
        {
            [0x0000] = () => Bitmap16(account.Mode == PaymentMode.Prepayment ? ControlPrepayment : ControlCredit),
            [0x0001] = () => Signed32(account.Balance),
            [0x0002] = () => Signed32(account.Emergency.Remaining),
            [0x0003] = () => Bitmap8(StatusOf(account)),
            [0x0005] = () => Signed32(account.AccumulatedDebt),
            [0x0010] = () => Unsigned32(account.Emergency.Limit),
            [0x0011] = () => Unsigned32(account.Emergency.Threshold),
            [0x0021] = () => Unsigned32(account.MaximumBalance),
            [0x0022] = () => Unsigned32(account.MaximumVend),
            [0x0031] = () => Unsigned32(account.LowCreditThreshold),
            [0x0032] = () => Unsigned32(account.LowCreditThreshold),
            [0x0040] = () => Signed32(account.DisablementThreshold),
            [0x0501] = () => Enumeration(KilowattHours),
            [0x0502] = () => Enumeration(HundredThousandths),
            [0x0503] = () => Unsigned16(Pounds),
        };
        for (int debt = 0; debt <= PrepaymentEngine.TimeDebtCount; debt++)
        {
            AddDebt(all, (ushort)(0x0210 + (DebtStep * debt)), account, debt);
        }

        return all;
    }

    private static void AddDebt(Dictionary<ushort, Func<ZclData>> all, ushort first, PrepaymentEngine account, int debt)
    {
        bool isTime = debt < PrepaymentEngine.TimeDebtCount;
        all[(ushort)(first + 1)] = () => Unsigned32(isTime ? account.TimeDebts[debt].Remaining : account.PaymentDebt);
        all[(ushort)(first + 2)] = () => Enumeration(isTime ? ByTime : ByPercentage);
        if (isTime)
        {
            all[(ushort)(first + 6)] = () => Enumeration(FrequencyOf(account.TimeDebts[debt].Period));
            all[(ushort)(first + 7)] = () => Unsigned32(account.TimeDebts[debt].Amount);
        }
        else
        {
            all[(ushort)(first + 9)] = () => Unsigned16(account.PaymentShare);
        }
    }

    private static int FrequencyOf(TimeSpan period) => period < TimeSpan.FromDays(1) ? 0 : period < TimeSpan.FromDays(7) ? 1 : 2;

    private static int StatusOf(PrepaymentEngine account)
    {
        CreditStatus emergency = account.Emergency.StatusAt(account.Balance, account.Mode);
        bool isLow = account.AvailableCredit < account.LowCreditThreshold;
        return (account.HasCredit && !isLow ? 0x01 : 0)
            | (isLow ? 0x02 : 0)
            | (account.Emergency.Limit > 0 ? 0x04 : 0)
            | (emergency == CreditStatus.Selectable ? 0x08 : 0)
            | (emergency is CreditStatus.Selected or CreditStatus.InUse ? 0x10 : 0)
            | (emergency == CreditStatus.InUse ? 0x20 : 0)
            | (emergency == CreditStatus.Exhausted || !account.HasCredit ? 0x40 : 0);
    }
}
