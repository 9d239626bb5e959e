using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.Tariff;

namespace DeviceHarness.Virtual.Objects;

/// <summary>The charges (class 113): energy, standing charge, two time debts and the payment debt.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 113: 2 paid, 3 type, 4 priority, 5 to 7 unit charge, 8 period, 9 configuration, 12 remaining,
/// 13 proportion; methods 1 update, 2 activate passive, 3 collect, 4 update remaining, 5 set remaining; as the domain guide gives
/// it. Time debts: their price a period is the one entry of the table.</remarks>
internal static class ChargeObjects
{
    private const byte ConsumptionBased = 0;
    private const byte TimeBased = 1;
    private const byte PaymentBased = 2;
    private const int ConfigurationBits = 2;
    private const int MaximumIndexOctets = 2;
    private const int WholeHundredths = 10_000;

    /// <summary>All of them.</summary>
    public static IEnumerable<CosemObject> Compose(ObjectComposer composer)
    {
        TariffEngine tariff = composer.Meter.Engines.Tariff;
        PrepaymentEngine account = composer.Meter.Engines.Account;
        Action activated = composer.Meter.Engines.TariffChanged;
        yield return Book(composer, "0-0:19.20.0.255", ConsumptionBased, 3, 0, tariff.Energy, () => account.EnergyPaid, activated);
        yield return Book(composer, "0-0:19.20.4.255", TimeBased, 0, 86_400, tariff.Standing, () => account.StandingPaid, activated);
        for (int debt = 0; debt < PrepaymentEngine.TimeDebtCount; debt++)
        {
            yield return TimeDebtCharge(composer, account, debt);
        }

        yield return PaymentDebtCharge(composer, account);
    }

    private static ComposedObject Book(
        ObjectComposer composer, string name, byte type, sbyte commodityScale, uint period, PriceBook book, Func<long> paid,
        Action activated)
    {
        return composer.Object(
            113, 0, ObjectComposer.Name(name),
            [
                .. Head(() => paid(), type),
                new CosemAttribute(5, (ref AxdrWriter writer) => WriteUnitCharge(book.Active, ref writer)),
                new CosemAttribute(
                    6,
                    (ref AxdrWriter writer) => WriteUnitCharge(book.Passive, ref writer),
                    data => TakeUnitCharge(data, commodityScale, charge => book.Passive = charge)),
                new CosemAttribute(
                    7,
                    (ref AxdrWriter writer) => ObjectComposer.WriteMomentOrNever(book.ActivationTime, ref writer),
                    data => ObjectComposer.TakeMoment(data, moment =>
                    {
                        book.ActivationTime = moment;
                        if (moment <= composer.Meter.Now)
                        {
                            Activate();
                        }
                    })),
                .. Tail(() => period, () => 0, () => 0),
            ],
            [
                new CosemMethod(1, parameters => TakePrices(parameters, book)),
                new CosemMethod(2, parameters => ObjectComposer.Zero(parameters, Activate)),
                new CosemMethod(3, null),
                new CosemMethod(4, null),
                new CosemMethod(5, null),
            ]);

        void Activate()
        {
            book.Activate();
            activated();
        }
    }

    private static ComposedObject TimeDebtCharge(ObjectComposer composer, PrepaymentEngine account, int debt)
    {
        ObisCode commodity = ObjectComposer.Name("0-0:1.0.0.255");
        return composer.Object(
            113, 0, new ObisCode(0, 0, 19, 20, (byte)(debt + 1), 255),
            [
                .. Head(() => 0, TimeBased),
                new CosemAttribute(5, (ref AxdrWriter writer) => WriteUnitCharge(Price(), ref writer)),
                new CosemAttribute(
                    6,
                    (ref AxdrWriter writer) => WriteUnitCharge(Price(), ref writer),
                    data => TakeUnitCharge(data, commodityScale: 0, charge =>
                        account.TimeDebts[debt] = account.TimeDebts[debt] with { Amount = (int)charge.MillipenceOfPeriod() })),
                new CosemAttribute(7, (ref AxdrWriter writer) => ObjectComposer.WriteMomentOrNever(null, ref writer)),
                new CosemAttribute(
                    8,
                    (ref AxdrWriter writer) => writer.WriteDoubleLongUnsigned((uint)account.TimeDebts[debt].Period.TotalSeconds),
                    data => TakePeriod(data, account, debt)),
                .. Tail(null, () => account.TimeDebts[debt].Remaining, () => 0),
            ],
            Remaining(
                remaining => account.TimeDebts[debt] = account.TimeDebts[debt] with { Remaining = remaining },
                () => account.TimeDebts[debt].Remaining));

        // A debt collected at once may be any amount that a price of sixteen bits can say.
        UnitCharge Price()
        {
            (short raw, sbyte scale) = Scaled(account.TimeDebts[debt].Amount);
            return new UnitCharge(0, scale, 8, commodity, 2, new Dictionary<string, short> { [UnitCharge.IndexOf(1)] = raw });
        }
    }

    private static (short Raw, sbyte Scale) Scaled(int millipence)
    {
        sbyte scale = UnitCharge.MillipenceScale;
        for (; millipence > short.MaxValue; millipence /= 10)
        {
            scale++;
        }

        return ((short)millipence, scale);
    }

    private static ComposedObject PaymentDebtCharge(ObjectComposer composer, PrepaymentEngine account) => composer.Object(
        113, 0, ObjectComposer.Name("0-0:19.20.3.255"),
        [
            .. Head(() => 0, PaymentBased),
            .. Tail(
                () => 0, () => account.PaymentDebt, () => account.PaymentShare,
                data => ObjectComposer.TakeNumber(
                    data, DlmsDataType.LongUnsigned, 0, WholeHundredths, share => account.PaymentShare = (int)share)),
        ],
        Remaining(remaining => account.PaymentDebt = remaining, () => account.PaymentDebt));

    private static IEnumerable<CosemAttribute> Head(Func<long> paid, byte type) =>
    [
        new CosemAttribute(2, (ref AxdrWriter writer) => writer.WriteDoubleLong((int)Math.Min(paid(), int.MaxValue))),
        new CosemAttribute(3, (ref AxdrWriter writer) => writer.WriteEnum(type)),
        new CosemAttribute(4, (ref AxdrWriter writer) => writer.WriteUnsigned(type)),
    ];

    private static IEnumerable<CosemAttribute> Tail(
        Func<uint>? period, Func<long> remaining, Func<int> share, AttributeSetter? setShare = null)
    {
        if (period is not null)
        {
            yield return new CosemAttribute(8, (ref AxdrWriter writer) => writer.WriteDoubleLongUnsigned(period()));
        }

        yield return new CosemAttribute(9, (ref AxdrWriter writer) => writer.WriteBitString([0x80], ConfigurationBits));
        yield return new CosemAttribute(12, (ref AxdrWriter writer) => writer.WriteDoubleLong((int)remaining()));
        yield return new CosemAttribute(13, (ref AxdrWriter writer) => writer.WriteLongUnsigned((ushort)share()), setShare);
    }

    private static IReadOnlyList<CosemMethod> Remaining(Action<long> set, Func<long> get) =>
    [
        new CosemMethod(1, null),
        new CosemMethod(2, null),
        new CosemMethod(3, null),
        new CosemMethod(4, parameters => (ActionResult)(byte)ObjectComposer.TakeNumber(
            parameters, DlmsDataType.DoubleLong, -get(), PrepaymentOptions.MaximumMillipence - get(), change => set(get() + change))),
        new CosemMethod(5, parameters => (ActionResult)(byte)ObjectComposer.TakeNumber(
            parameters, DlmsDataType.DoubleLong, 0, PrepaymentOptions.MaximumMillipence, set)),
    ];

    private static DataAccessResult TakePeriod(ReadOnlySpan<byte> data, PrepaymentEngine account, int debt)
    {
        ValueReader reader = new(data);
        TimeSpan period = TimeSpan.FromSeconds(reader.Number(DlmsDataType.DoubleLongUnsigned));
        if (!TimeDebt.IsPeriod(period))
        {
            reader.Refuse(DataAccessResult.OtherReason);
        }

        DataAccessResult result = reader.Complete();
        if (result == DataAccessResult.Success)
        {
            account.TimeDebts[debt] = account.TimeDebts[debt] with { Period = period };
        }

        return result;
    }

    private static DataAccessResult TakeUnitCharge(ReadOnlySpan<byte> data, sbyte commodityScale, Action<UnitCharge> take)
    {
        ValueReader reader = new(data);
        reader.Structure(3);
        reader.Structure(2);
        sbyte commodity = (sbyte)reader.Number(DlmsDataType.Integer, commodityScale, commodityScale);
        sbyte scale = (sbyte)reader.Number(DlmsDataType.Integer, UnitCharge.MillipenceScale, -2);
        (ushort classId, ObisCode name, sbyte attribute) = reader.Reference();
        Dictionary<string, short> prices = ReadPrices(ref reader);
        DataAccessResult result = reader.Complete();
        if (result == DataAccessResult.Success)
        {
            take(new UnitCharge(commodity, scale, classId, name, attribute, prices));
        }

        return result;
    }

    private static ActionResult TakePrices(ReadOnlySpan<byte> parameters, PriceBook book)
    {
        ValueReader reader = new(parameters);
        Dictionary<string, short> changed = ReadPrices(ref reader);
        if (reader.IsSound && changed.Keys.Any(index => !book.Passive.Prices.ContainsKey(index)))
        {
            reader.Refuse(DataAccessResult.OtherReason);
        }

        DataAccessResult result = reader.Complete();
        if (result == DataAccessResult.Success)
        {
            Dictionary<string, short> all = new(book.Passive.Prices);
            foreach ((string index, short price) in changed)
            {
                all[index] = price;
            }

            book.Passive = book.Passive with { Prices = all };
        }

        return (ActionResult)(byte)result;
    }

    private static Dictionary<string, short> ReadPrices(scoped ref ValueReader reader)
    {
        Dictionary<string, short> prices = [];
        for (int left = reader.Array(UnitCharge.MaximumPrices); left > 0; left--)
        {
            reader.Structure(2);
            string index = Convert.ToHexString(reader.Octets(1, MaximumIndexOctets));
            short price = (short)reader.Number(DlmsDataType.Long, 0, short.MaxValue);
            if (!prices.TryAdd(index, price))
            {
                reader.Refuse(DataAccessResult.OtherReason);
            }
        }

        return prices;
    }

    private static void WriteUnitCharge(UnitCharge charge, ref AxdrWriter writer)
    {
        writer.WriteStructure(3);
        writer.WriteStructure(2);
        writer.WriteInteger(charge.CommodityScale);
        writer.WriteInteger(charge.PriceScale);
        TariffObjects.WriteReference(charge.ClassId, charge.Commodity, charge.Attribute, ref writer);
        writer.WriteArray(charge.Prices.Count);
        foreach ((string index, short price) in charge.Prices.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            writer.WriteStructure(2);
            writer.WriteOctetString(Convert.FromHexString(index));
            writer.WriteLong(price);
        }
    }
}
