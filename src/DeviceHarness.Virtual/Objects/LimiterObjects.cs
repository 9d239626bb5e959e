using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Quality;
using DeviceHarness.Virtual.Supply;

namespace DeviceHarness.Virtual.Objects;

/// <summary>The load limit and all that is said about voltage and power thresholds.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 71: 2 monitored value, 3 active, 4 normal, 5 emergency threshold, 6 over and 7 under duration, 8 to
/// 10 emergency profile, 11 actions; as the domain guide gives it. Durations are in seconds. There is no emergency profile.</remarks>
internal static class LimiterObjects
{
    private const int SecondsPerDay = 86_400;
    private const int LargestWatts = 100_000;
    private const int HighestDecivolts = 4_000;
    private const int SupplyScripts = 106;
    private static readonly ObisCode PowerName = ObjectComposer.Name("1-0:1.7.0.255");
    private static readonly ObisCode VoltageName = ObjectComposer.Name("1-0:32.7.0.255");

    /// <summary>All of them.</summary>
    public static IEnumerable<CosemObject> Compose(ObjectComposer composer)
    {
        LoadLimit limit = composer.Meter.Engines.LoadLimit;
        yield return Load(composer, limit);
        yield return composer.Register(
            "0-0:94.44.42.255", 0, CosemUnit.None, (ref AxdrWriter writer) => writer.WriteDoubleLongUnsigned(limit.Count),
            () => limit.Count = 0);
        yield return composer.Data(
            "0-0:94.44.0.3", (ref AxdrWriter writer) => writer.WriteBoolean(limit.CutsSupply),
            data => ObjectComposer.TakeNumber(data, DlmsDataType.Boolean, 0, 1, value => limit.CutsSupply = value != 0));
        foreach (CosemObject item in Voltage(composer, composer.Meter.Engines.Quality))
        {
            yield return item;
        }

        yield return Power(composer);
    }

    private static ComposedObject Load(ObjectComposer composer, LoadLimit limit) => Limiter(
        composer, ObjectComposer.Name("0-0:17.0.0.255"), PowerName,
        (ref AxdrWriter writer) => writer.WriteDoubleLongUnsigned((uint)limit.ThresholdWatts),
        data => ObjectComposer.TakeNumber(
            data, DlmsDataType.DoubleLongUnsigned, 1, LargestWatts, value => limit.ThresholdWatts = (int)value),
        (() => limit.OverSeconds, value => limit.OverSeconds = value),
        (() => limit.RestoreSeconds, value => limit.RestoreSeconds = value),
        overScript: SupplyScriptTable.ArmScript);

    private static IEnumerable<CosemObject> Voltage(ObjectComposer composer, VoltageQuality quality)
    {
        AverageVoltage average = quality.Average;
        ProfileColumn column = new(3, ObjectComposer.Name("1-0:32.5.0.255"), 2);
        yield return new LogProfile(
            ObjectComposer.Name("1-0:32.24.0.255"), composer.Meter, average.Log, () => (uint)average.PeriodSeconds, [(column, false)],
            data =>
            {
                ValueReader reader = new(data);
                long seconds = reader.Number(DlmsDataType.DoubleLongUnsigned);
                if (reader.IsSound && !AverageVoltage.IsPeriod(seconds))
                {
                    reader.Refuse(DataAccessResult.OtherReason);
                }

                DataAccessResult result = reader.Complete();
                if (result == DataAccessResult.Success)
                {
                    average.ChangePeriod((int)seconds);
                }

                return result;
            });
        yield return composer.Register(
            "1-0:32.5.0.255", -1, CosemUnit.Volt, (ref AxdrWriter writer) => writer.WriteDoubleLongUnsigned((uint)average.Last));
        yield return Decivolts(composer, "1-0:32.31.0.4", () => average.UnderDecivolts, value => average.UnderDecivolts = value);
        yield return Decivolts(composer, "1-0:32.35.0.4", () => average.OverDecivolts, value => average.OverDecivolts = value);
        yield return composer.Register(
            "1-0:32.32.0.4", 0, CosemUnit.None, (ref AxdrWriter writer) => writer.WriteDoubleLongUnsigned(average.UnderCount),
            () => average.UnderCount = 0);
        yield return composer.Register(
            "1-0:32.36.0.4", 0, CosemUnit.None, (ref AxdrWriter writer) => writer.WriteDoubleLongUnsigned(average.OverCount),
            () => average.OverCount = 0);
        for (int index = 0; index < quality.Watches.Count; index++)
        {
            VoltageWatch watch = quality.Watches[index];
            yield return Limiter(
                composer, new ObisCode(0, 0, 17, 0, (byte)(index + 1), 255), VoltageName,
                (ref AxdrWriter writer) => writer.WriteLongUnsigned((ushort)watch.ThresholdDecivolts),
                data => ObjectComposer.TakeNumber(
                    data, DlmsDataType.LongUnsigned, 0, HighestDecivolts, value => watch.ThresholdDecivolts = (int)value),
                (() => watch.DurationSeconds, value => watch.DurationSeconds = value),
                under: null,
                overScript: 0);
        }
    }

    // Class 21 over the power: low to medium and medium to high, ascending.
    private static ComposedObject Power(ObjectComposer composer)
    {
        ObisCode name = ObjectComposer.Name("0-0:16.0.0.255");
        byte[] initial = [0x01, 0x02, 0x06, 0x00, 0x00, 0x03, 0xE8, 0x06, 0x00, 0x00, 0x0B, 0xB8];
        return composer.Object(
            21, 0, name,
            [
                new CosemAttribute(
                    2,
                    (ref AxdrWriter writer) => writer.WriteOctets(composer.Meter.Settings.Find(name) ?? initial),
                    data =>
                    {
                        ValueReader reader = new(data);
                        if (reader.Array(2) != 2)
                        {
                            reader.Refuse(DataAccessResult.OtherReason);
                        }

                        long low = reader.Number(DlmsDataType.DoubleLongUnsigned, 0, LargestWatts);
                        reader.Number(DlmsDataType.DoubleLongUnsigned, low, LargestWatts);
                        DataAccessResult result = reader.Complete();
                        if (result == DataAccessResult.Success)
                        {
                            composer.Meter.Settings.Set(name, data);
                        }

                        return result;
                    }),
                new CosemAttribute(3, (ref AxdrWriter writer) => TariffObjects.WriteReference(3, PowerName, 2, ref writer)),
                new CosemAttribute(4, (ref AxdrWriter writer) => writer.WriteArray(0)),
            ]);
    }

    private static ComposedObject Decivolts(ObjectComposer composer, string name, Func<int> get, Action<int> set) => composer.Data(
        name, (ref AxdrWriter writer) => writer.WriteLongUnsigned((ushort)get()),
        data => ObjectComposer.TakeNumber(data, DlmsDataType.LongUnsigned, 0, HighestDecivolts, value => set((int)value)));

    private static ComposedObject Limiter(
        ObjectComposer composer, ObisCode name, ObisCode monitored, AttributeEncoder threshold, AttributeSetter setThreshold,
        (Func<int> Get, Action<int> Set) over, (Func<int> Get, Action<int> Set)? under, ushort overScript)
    {
        return composer.Object(
            71, 0, name,
            [
                new CosemAttribute(2, (ref AxdrWriter writer) => TariffObjects.WriteReference(3, monitored, 2, ref writer)),
                new CosemAttribute(3, threshold),
                new CosemAttribute(4, threshold, setThreshold),
                new CosemAttribute(5, threshold),
                new CosemAttribute(6, Seconds(over.Get), TakeSeconds(over.Set)),
                new CosemAttribute(7, Seconds(under?.Get ?? over.Get), under is { } own ? TakeSeconds(own.Set) : null),
                new CosemAttribute(8, (ref AxdrWriter writer) =>
                {
                    writer.WriteStructure(3);
                    writer.WriteLongUnsigned(0);
                    ObjectComposer.WriteMomentOrNever(null, ref writer);
                    writer.WriteDoubleLongUnsigned(0);
                }),
                new CosemAttribute(9, (ref AxdrWriter writer) => writer.WriteArray(0)),
                new CosemAttribute(10, (ref AxdrWriter writer) => writer.WriteBoolean(false)),
                new CosemAttribute(11, (ref AxdrWriter writer) =>
                {
                    writer.WriteStructure(2);
                    WriteAction(overScript, ref writer);
                    WriteAction((ushort)(overScript == 0 ? 0 : SupplyScriptTable.EnableScript), ref writer);
                }),
            ]);

        static AttributeEncoder Seconds(Func<int> get) => (ref AxdrWriter writer) => writer.WriteDoubleLongUnsigned((uint)get());

        static AttributeSetter TakeSeconds(Action<int> set) => data => ObjectComposer.TakeNumber(
            data, DlmsDataType.DoubleLongUnsigned, 0, SecondsPerDay, value => set((int)value));
    }

    private static void WriteAction(ushort script, ref AxdrWriter writer)
    {
        writer.WriteStructure(2);
        writer.WriteOctetString(script == 0 ? new byte[ObisCode.OctetCount] : [0, 0, 10, 0, SupplyScripts, 255]);
        writer.WriteLongUnsigned(script);
    }
}
