using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Prepayment;

namespace DeviceHarness.Virtual.Objects;

/// <summary>The objects of the account: account (class 111), credits (112), token gateway (115), prepayment settings.</summary>
/// <remarks>Spec: IEC 62056-6-2, classes 111, 112 and 115, as the domain guide gives them; enumerations that it does not give are marked in
/// the README. Amounts are in thousandths of a penny: currency scale -5.</remarks>
internal static class AccountObjects
{
    private const byte AccountActive = 2;
    private const byte AccountNew = 1;
    private const byte TokenCredit = 0;
    private const byte EmergencyType = 2;
    private const int CreditBits = 5;
    private const int StatusBits = 8;

    private static readonly string[] Credits = ["0-0:19.10.0.255", "0-0:19.10.1.255"];
    private static readonly string[] Charges =
        ["0-0:19.20.0.255", "0-0:19.20.1.255", "0-0:19.20.2.255", "0-0:19.20.3.255", "0-0:19.20.4.255"];

    private delegate bool CreditMethod(long amount);

    /// <summary>All of them.</summary>
    public static IEnumerable<CosemObject> Compose(ObjectComposer composer)
    {
        PrepaymentEngine account = composer.Meter.Engines.Account;
        yield return ActiveAccount(composer, account);
        yield return PassiveAccount(composer, account);
        yield return Balance(composer, account);
        yield return Emergency(composer, account);
        yield return AccumulatedDebt(composer, account);
        yield return Gateway(composer, composer.Meter.Engines.Tokens);
        yield return composer.Data("0-0:94.44.34.30", (ref AxdrWriter writer) => WriteSnapshot(account, ref writer));
        yield return Amount(composer, "0-0:19.50.1.255", () => account.MaximumBalance, value => account.MaximumBalance = value);
        yield return Amount(composer, "0-0:19.50.2.255", () => account.MaximumVend, value => account.MaximumVend = value);
        yield return Disablement(composer, account);
        yield return composer.Schedule(
            "0-0:12.0.1.255", composer.Meter.Engines.NonDisablement, ObjectComposer.Name("0-0:10.0.106.255"), script => script <= 1,
            () => { });
        yield return composer.SpecialDaysTable("0-0:11.0.2.255", composer.Meter.Engines.NonDisablement.SpecialDays, () => { });
    }

    private static ComposedObject ActiveAccount(ObjectComposer composer, PrepaymentEngine account) => composer.Object(
        111, 0, ObjectComposer.Name("0-0:19.0.0.255"),
        [
            new CosemAttribute(2, (ref AxdrWriter writer) => WriteMode(account.Mode, AccountActive, ref writer)),
            new CosemAttribute(3, (ref AxdrWriter writer) => writer.WriteUnsigned((byte)(account.Emergency.IsActivated ? 1 : 0))),
            new CosemAttribute(4, (ref AxdrWriter writer) => writer.WriteBitString([StatusOf(account)], StatusBits)),
            new CosemAttribute(5, (ref AxdrWriter writer) => writer.WriteDoubleLong((int)account.AvailableCredit)),
            new CosemAttribute(6, (ref AxdrWriter writer) => writer.WriteDoubleLong((int)-Math.Min(0, account.Balance))),
            new CosemAttribute(7, (ref AxdrWriter writer) => writer.WriteDoubleLong(0)),
            new CosemAttribute(8, (ref AxdrWriter writer) => writer.WriteDoubleLong((int)Debt(account))),
            new CosemAttribute(9, (ref AxdrWriter writer) => WriteNames(Credits, ref writer)),
            new CosemAttribute(10, (ref AxdrWriter writer) => WriteNames(Charges, ref writer)),
            new CosemAttribute(11, (ref AxdrWriter writer) => writer.WriteArray(0)),
            new CosemAttribute(12, (ref AxdrWriter writer) => writer.WriteArray(0)),
            new CosemAttribute(13, (ref AxdrWriter writer) => ObjectComposer.WriteMomentOrNever(null, ref writer)),
            new CosemAttribute(14, (ref AxdrWriter writer) => ObjectComposer.WriteMomentOrNever(null, ref writer)),
            new CosemAttribute(15, (ref AxdrWriter writer) =>
            {
                writer.WriteStructure(3);
                writer.WriteUtf8String("GBP");
                writer.WriteInteger(-5);
                writer.WriteEnum(0);
            }),
            new CosemAttribute(
                16, (ref AxdrWriter writer) => writer.WriteDoubleLong(account.LowCreditThreshold),
                data => TakeAmount(data, value => account.LowCreditThreshold = value)),
            new CosemAttribute(17, (ref AxdrWriter writer) => writer.WriteDoubleLong(account.Emergency.Threshold)),
            new CosemAttribute(18, (ref AxdrWriter writer) => writer.WriteLongUnsigned(0)),
            new CosemAttribute(19, (ref AxdrWriter writer) => writer.WriteDoubleLong(0)),
        ],
        [new CosemMethod(1, null), new CosemMethod(2, null), new CosemMethod(3, null)]);

    private static ComposedObject PassiveAccount(ObjectComposer composer, PrepaymentEngine account) => composer.Object(
        111, 0, ObjectComposer.Name("0-1:19.0.0.255"),
        [
            new CosemAttribute(
                2,
                (ref AxdrWriter writer) => WriteMode(account.PassiveMode, AccountNew, ref writer),
                data =>
                {
                    ValueReader reader = new(data);
                    reader.Structure(2);
                    long mode = reader.Number(DlmsDataType.Enum, (long)PaymentMode.Credit, (long)PaymentMode.Prepayment);
                    reader.Number(DlmsDataType.Enum, AccountNew, AccountNew);
                    DataAccessResult result = reader.Complete();
                    if (result == DataAccessResult.Success)
                    {
                        account.PassiveMode = (PaymentMode)mode;
                    }

                    return result;
                }),
            new CosemAttribute(
                13,
                (ref AxdrWriter writer) => ObjectComposer.WriteMomentOrNever(account.ModeTime, ref writer),
                data => ObjectComposer.TakeMoment(data, moment =>
                {
                    account.ModeTime = moment;
                    if (moment <= composer.Meter.Now)
                    {
                        account.ActivatePassiveMode();
                    }
                })),
        ],
        [new CosemMethod(1, parameters => ObjectComposer.Zero(parameters, account.ActivatePassiveMode))]);

    private static ComposedObject Balance(ObjectComposer composer, PrepaymentEngine account) => composer.Object(
        112, 0, ObjectComposer.Name("0-0:19.10.0.255"),
        [
            new CosemAttribute(2, (ref AxdrWriter writer) => writer.WriteDoubleLong((int)account.Balance)),
            .. CreditAttributes(TokenCredit, priority: 1),
            new CosemAttribute(5, (ref AxdrWriter writer) => writer.WriteDoubleLong(account.LowCreditThreshold)),
            new CosemAttribute(6, (ref AxdrWriter writer) => writer.WriteDoubleLong(account.DisablementThreshold)),
            new CosemAttribute(8, (ref AxdrWriter writer) => writer.WriteEnum(
                (byte)(account.Balance > 0 ? CreditStatus.InUse : CreditStatus.Exhausted))),
            new CosemAttribute(9, (ref AxdrWriter writer) => writer.WriteDoubleLong(0)),
            new CosemAttribute(10, (ref AxdrWriter writer) => writer.WriteDoubleLong(0)),
            new CosemAttribute(11, (ref AxdrWriter writer) => ObjectComposer.WriteMomentOrNever(null, ref writer)),
        ],
        [
            new CosemMethod(1, parameters => TakeCredit(parameters, account.TryAdjust)),
            new CosemMethod(2, parameters => TakeCredit(parameters, account.TrySetBalance)),
            new CosemMethod(3, null),
        ]);

    private static ComposedObject Emergency(ObjectComposer composer, PrepaymentEngine account)
    {
        EmergencyCredit credit = account.Emergency;
        return composer.Object(
            112, 0, ObjectComposer.Name("0-0:19.10.1.255"),
            [
                new CosemAttribute(2, (ref AxdrWriter writer) => writer.WriteDoubleLong((int)credit.Remaining)),
                .. CreditAttributes(EmergencyType, priority: 2),
                new CosemAttribute(5, (ref AxdrWriter writer) => writer.WriteDoubleLong(0)),
                new CosemAttribute(6, (ref AxdrWriter writer) => writer.WriteDoubleLong(0)),
                new CosemAttribute(8, (ref AxdrWriter writer) => writer.WriteEnum(
                    (byte)credit.StatusAt(account.Balance, account.Mode))),
                new CosemAttribute(
                    9, (ref AxdrWriter writer) => writer.WriteDoubleLong(credit.Limit),
                    data => TakeAmount(data, value => credit.Limit = value)),
                new CosemAttribute(
                    10, (ref AxdrWriter writer) => writer.WriteDoubleLong(credit.Threshold),
                    data => TakeAmount(data, value => credit.Threshold = value)),
                new CosemAttribute(11, (ref AxdrWriter writer) => ObjectComposer.WriteMomentOrNever(null, ref writer)),
            ],
            [
                new CosemMethod(1, null),
                new CosemMethod(2, null),
                new CosemMethod(3, parameters => ObjectComposer.ZeroIf(parameters, account.TryActivateEmergency)),
            ]);
    }

    private static ComposedObject AccumulatedDebt(ObjectComposer composer, PrepaymentEngine account) => composer.Object(
        112, 0, ObjectComposer.Name("0-0:19.10.2.255"),
        [
            new CosemAttribute(2, (ref AxdrWriter writer) => writer.WriteDoubleLong((int)account.AccumulatedDebt)),
            .. CreditAttributes(1, priority: 3),
        ],
        [
            new CosemMethod(1, null),
            new CosemMethod(2, parameters => (ActionResult)(byte)TakeAmount(parameters, value => account.AccumulatedDebt = value)),
            new CosemMethod(3, null),
        ]);

    private static ComposedObject Gateway(ObjectComposer composer, TokenGateway gateway) => composer.Object(
        115, 0, ObjectComposer.Name("0-0:19.40.0.255"),
        [
            new CosemAttribute(2, (ref AxdrWriter writer) => writer.WriteOctetString(
                System.Text.Encoding.Latin1.GetBytes(gateway.LastToken))),
            new CosemAttribute(3, (ref AxdrWriter writer) => ObjectComposer.WriteMomentOrNever(gateway.LastTime, ref writer)),
            new CosemAttribute(4, (ref AxdrWriter writer) =>
            {
                writer.WriteArray(gateway.Vends.Count);
                foreach (string vend in gateway.Vends)
                {
                    writer.WriteOctetString(System.Text.Encoding.ASCII.GetBytes(vend));
                }
            }),
            new CosemAttribute(5, (ref AxdrWriter writer) => writer.WriteEnum((byte)gateway.LastDelivery)),
            new CosemAttribute(6, (ref AxdrWriter writer) =>
            {
                writer.WriteStructure(2);
                writer.WriteEnum((byte)gateway.Status);
                writer.WriteBitString([], 0);
            }),
        ],
        [
            new CosemMethod(1, parameters =>
            {
                ValueReader reader = new(parameters);
                string digits = TokenGateway.DigitsOf(reader.Octets(1, 64));
                DataAccessResult read = reader.Complete();
                return read == DataAccessResult.Success ? gateway.Enter(digits, delivery: 0) : (ActionResult)(byte)read;
            }),
        ]);

    private static ComposedObject Disablement(ObjectComposer composer, PrepaymentEngine account) => composer.Object(
        21, 0, ObjectComposer.Name("0-0:16.0.1.255"),
        [
            new CosemAttribute(
                2,
                (ref AxdrWriter writer) =>
                {
                    writer.WriteArray(1);
                    writer.WriteDoubleLong(account.DisablementThreshold);
                },
                data =>
                {
                    ValueReader reader = new(data);
                    int count = reader.Array(1);
                    long value = count == 0 ? 0 : reader.Number(
                        DlmsDataType.DoubleLong, -PrepaymentOptions.MaximumMillipence, PrepaymentOptions.MaximumMillipence);
                    if (count == 0)
                    {
                        reader.Refuse(DataAccessResult.OtherReason);
                    }

                    DataAccessResult result = reader.Complete();
                    if (result == DataAccessResult.Success)
                    {
                        account.DisablementThreshold = (int)value;
                    }

                    return result;
                }),
            new CosemAttribute(
                3, (ref AxdrWriter writer) => TariffObjects.WriteReference(112, ObjectComposer.Name("0-0:19.10.0.255"), 2, ref writer)),
            new CosemAttribute(4, (ref AxdrWriter writer) => writer.WriteArray(0)),
        ]);

    private static ComposedObject Amount(ObjectComposer composer, string name, Func<int> get, Action<int> set) => composer.Data(
        name, (ref AxdrWriter writer) => writer.WriteDoubleLong(get()), data => TakeAmount(data, set));

    private static IEnumerable<CosemAttribute> CreditAttributes(byte type, byte priority) =>
    [
        new CosemAttribute(3, (ref AxdrWriter writer) => writer.WriteEnum(type)),
        new CosemAttribute(4, (ref AxdrWriter writer) => writer.WriteUnsigned(priority)),
        new CosemAttribute(7, (ref AxdrWriter writer) => writer.WriteBitString([0], CreditBits)),
    ];

    private static DataAccessResult TakeAmount(ReadOnlySpan<byte> data, Action<int> take) => ObjectComposer.TakeNumber(
        data, DlmsDataType.DoubleLong, 0, PrepaymentOptions.MaximumMillipence, value => take((int)value));

    private static ActionResult TakeCredit(ReadOnlySpan<byte> parameters, CreditMethod body)
    {
        ValueReader reader = new(parameters);
        long amount = reader.Number(DlmsDataType.DoubleLong);
        DataAccessResult read = reader.Complete();
        return read != DataAccessResult.Success ? (ActionResult)(byte)read
            : body(amount) ? ActionResult.Success
            : ActionResult.OtherReason;
    }

    private static long Debt(PrepaymentEngine account) =>
        account.AccumulatedDebt + account.PaymentDebt + account.TimeDebts.Sum(debt => debt.Remaining);

    // Bit 0 in credit, 1 low credit, 2 next credit enabled, 3 next credit selectable, 5 out of credit.
    private static byte StatusOf(PrepaymentEngine account)
    {
        bool isSelectable = account.Emergency.StatusAt(account.Balance, account.Mode) == CreditStatus.Selectable;
        return (byte)((account.HasCredit ? 0x80 : 0x04)
            | (account.AvailableCredit < account.LowCreditThreshold ? 0x40 : 0)
            | (account.Emergency.Limit > 0 ? 0x20 : 0)
            | (isSelectable ? 0x10 : 0));
    }

    private static void WriteMode(PaymentMode mode, byte status, ref AxdrWriter writer)
    {
        writer.WriteStructure(2);
        writer.WriteEnum((byte)mode);
        writer.WriteEnum(status);
    }

    private static void WriteNames(string[] names, ref AxdrWriter writer)
    {
        writer.WriteArray(names.Length);
        foreach (string name in names)
        {
            writer.WriteOctetString(ObjectComposer.Name(name).ToOctets());
        }
    }

    private static void WriteSnapshot(PrepaymentEngine account, ref AxdrWriter writer)
    {
        writer.WriteStructure(7);
        writer.WriteEnum((byte)account.Mode);
        foreach (long amount in (ReadOnlySpan<long>)
            [
                account.Balance, account.Emergency.Remaining, account.AccumulatedDebt, account.PaymentDebt,
                account.TimeDebts[0].Remaining, account.TimeDebts[1].Remaining,
            ])
        {
            writer.WriteDoubleLong((int)amount);
        }
    }
}
