using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Tariff;

namespace DeviceHarness.Virtual.Objects;

/// <summary>The objects of the tariff: rate registers, blocks, calendar, thresholds, prices.</summary>
/// <remarks>Codes as the domain guide gives them; what is the harness's own choice is marked in the README's table.</remarks>
internal static class TariffObjects
{
    /// <summary>The script that resets the block counters; 1 to 48 are the rates.</summary>
    public const int ResetBlocksScript = 100;

    private const int RegisterClass = 3;
    private const byte ActiveThresholds = 0;
    private const byte PassiveThresholds = 1;
    private const int FirstThresholdObject = 11;

    /// <summary>All of them.</summary>
    public static IEnumerable<CosemObject> Compose(ObjectComposer composer)
    {
        TariffEngine tariff = composer.Meter.Engines.Tariff;
        Action activated = composer.Meter.Engines.TariffChanged;
        foreach (int rate in Enumerable.Range(1, TariffEngine.Rates))
        {
            yield return composer.Energy($"1-0:1.8.{rate}.255", CosemUnit.WattHour, () => tariff.RateWh[rate - 1]);
        }

        yield return composer.Data("0-0:94.44.34.1", (ref AxdrWriter writer) => WriteAll(tariff.RateWh, ref writer));
        yield return composer.Data("0-0:94.44.34.2", (ref AxdrWriter writer) => WriteAll(tariff.BlockWh, ref writer));
        yield return RateScripts(composer, tariff);
        yield return Registers(composer, tariff);
        yield return composer.TariffCalendar("0-0:13.0.0.255", tariff, activated);
        yield return composer.SpecialDaysTable("0-0:11.0.0.255", tariff.ActiveDays, tariff.Reconsider);
        yield return composer.SpecialDaysTable("0-1:11.0.0.255", tariff.PassiveDays, () => { });
        for (int rate = 1; rate <= TariffEngine.BlockRates; rate++)
        {
            yield return Thresholds(composer, tariff, ActiveThresholds, rate);
            yield return Thresholds(composer, tariff, PassiveThresholds, rate);
        }

        yield return composer.Data(
            "0-0:94.44.2.0", (ref AxdrWriter writer) => writer.WriteOctetString("GBP"u8), read: ClientAccess.Management);
        yield return composer.Register(
            "0-0:94.44.1.7", UnitCharge.MillipenceScale, CosemUnit.Currency,
            (ref AxdrWriter writer) => writer.WriteDoubleLong((int)tariff.PriceMillipence));
        yield return composer.Setting(
            "0-0:94.44.0.1", Encoded(tariff.RandomisedOffsetSeconds), data => ObjectComposer.TakeNumber(
                data, DlmsDataType.LongUnsigned, 0, TariffEngine.MaximumRandomisedOffsetSeconds,
                seconds => tariff.RandomisedOffsetSeconds = (int)seconds));
    }

    private static byte[] Encoded(int number) => [(byte)DlmsDataType.LongUnsigned, (byte)(number >> 8), (byte)number];

    private static void WriteAll(IReadOnlyList<uint> values, ref AxdrWriter writer)
    {
        writer.WriteStructure(values.Count);
        foreach (uint value in values)
        {
            writer.WriteDoubleLongUnsigned(value);
        }
    }

    // The scripts of the rates are executed by the calendar; a client may reset the blocks.
    private static ComposedObject RateScripts(ObjectComposer composer, TariffEngine tariff) => composer.Object(
        9, 0, TariffEngine.ScriptTable,
        [
            new CosemAttribute(2, (ref AxdrWriter writer) =>
            {
                writer.WriteArray(TariffEngine.Rates + 1);
                foreach (int script in Enumerable.Range(1, TariffEngine.Rates).Append(ResetBlocksScript))
                {
                    writer.WriteStructure(2);
                    writer.WriteLongUnsigned((ushort)script);
                    writer.WriteArray(0);
                }
            }),
        ],
        [
            new CosemMethod(1, parameters =>
            {
                if (!ActionParameters.TryReadNumber(parameters, DlmsDataType.LongUnsigned, out long script))
                {
                    return ActionResult.TypeUnmatched;
                }

                switch (script)
                {
                    case ResetBlocksScript:
                        tariff.ResetBlocks();
                        return ActionResult.Success;
                    case >= 1 and <= TariffEngine.Rates:
                        return ActionResult.ReadWriteDenied;
                    default:
                        return ActionResult.ObjectUndefined;
                }
            }),
        ]);

    // Class 6: 2 registers, 3 masks (one a rate, its name the rate's number), 4 active mask.
    private static ComposedObject Registers(ObjectComposer composer, TariffEngine tariff) => composer.Object(
        6, 0, ObjectComposer.Name("0-0:14.0.0.255"),
        [
            new CosemAttribute(2, (ref AxdrWriter writer) =>
            {
                writer.WriteArray(TariffEngine.Rates);
                for (int rate = 1; rate <= TariffEngine.Rates; rate++)
                {
                    writer.WriteStructure(2);
                    writer.WriteLongUnsigned(RegisterClass);
                    writer.WriteOctetString([1, 0, 1, 8, (byte)rate, 255]);
                }
            }),
            new CosemAttribute(3, (ref AxdrWriter writer) =>
            {
                writer.WriteArray(TariffEngine.Rates);
                for (int rate = 1; rate <= TariffEngine.Rates; rate++)
                {
                    writer.WriteStructure(2);
                    writer.WriteOctetString([(byte)rate]);
                    writer.WriteArray(1);
                    writer.WriteUnsigned((byte)rate);
                }
            }),
            new CosemAttribute(4, (ref AxdrWriter writer) => writer.WriteOctetString([(byte)tariff.Rate])),
        ]);

    // Class 21: 2 thresholds, 3 monitored value. Active ones change with the calendar only.
    private static ComposedObject Thresholds(ObjectComposer composer, TariffEngine tariff, byte group, int rate)
    {
        bool isActive = group == ActiveThresholds;
        ObisCode name = new(0, 0, 16, group, (byte)(FirstThresholdObject + rate - 1), 255);
        return composer.Object(
            21, 0, name,
            [
                new CosemAttribute(
                    2,
                    (ref AxdrWriter writer) =>
                    {
                        uint[] thresholds = isActive ? tariff.ActiveThresholds[rate - 1] : tariff.PassiveThresholds[rate - 1];
                        writer.WriteArray(thresholds.Length);
                        foreach (uint threshold in thresholds)
                        {
                            writer.WriteDoubleLongUnsigned(threshold);
                        }
                    },
                    isActive ? null : data => TakeThresholds(data, thresholds => tariff.SetPassiveThresholds(rate, thresholds))),
                new CosemAttribute(3, (ref AxdrWriter writer) => WriteReference(
                    RegisterClass, new ObisCode(1, 0, 1, 8, (byte)rate, 255), 2, ref writer)),
                new CosemAttribute(4, (ref AxdrWriter writer) => writer.WriteArray(0)),
            ]);
    }

    private static DataAccessResult TakeThresholds(ReadOnlySpan<byte> data, Action<uint[]> take)
    {
        ValueReader reader = new(data);
        List<uint> thresholds = [];
        for (int left = reader.Array(TariffEngine.Blocks - 1); left > 0; left--)
        {
            long lowest = thresholds.Count == 0 ? 1 : thresholds[^1] + 1L;
            thresholds.Add((uint)reader.Number(DlmsDataType.DoubleLongUnsigned, lowest, uint.MaxValue));
        }

        DataAccessResult result = reader.Complete();
        if (result == DataAccessResult.Success)
        {
            take([.. thresholds]);
        }

        return result;
    }

    /// <summary>Writes class, logical name and attribute.</summary>
    public static void WriteReference(ushort classId, ObisCode name, sbyte attribute, ref AxdrWriter writer)
    {
        writer.WriteStructure(3);
        writer.WriteLongUnsigned(classId);
        writer.WriteOctetString(name.ToOctets());
        writer.WriteInteger(attribute);
    }
}
