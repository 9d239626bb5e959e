using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Load profiles, daily logs, billing snapshots and maximum demands.</summary>
/// <remarks>Codes as the domain guide gives them; what is the harness's own choice is marked in the README's table.</remarks>
internal static class LogObjects
{
    private const uint SecondsPerDay = 86_400;
    private const int FirstHistoricField = 101;

    private static readonly (ProfileColumn Column, bool IsSigned) Balance = (new(112, ObjectComposer.Name("0-0:19.10.0.255"), 2), true);

    /// <summary>All of them.</summary>
    public static IEnumerable<CosemObject> Compose(ObjectComposer composer)
    {
        MeterEngines engines = composer.Meter.Engines;
        BillingLogs billing = engines.Billing;
        return
        [
            .. Interval(composer, "1-0:99.1.0.255", "1-0:1.29.0.255", CosemUnit.WattHour, engines.ImportProfile),
            .. Interval(composer, "0-0:99.1.1.255", "1-0:2.29.0.255", CosemUnit.WattHour, engines.ExportProfile),
            .. Interval(composer, "0-0:99.1.2.255", "1-0:3.29.0.255", CosemUnit.VarHour, engines.ReactiveProfile),
            composer.Profile(
                "0-0:98.1.10.255", engines.DailyExport, () => SecondsPerDay, (Register("1-0:2.8.0.255"), false)),
            .. Interval(composer, "0-0:99.1.3.255", "1-0:1.9.0.255", CosemUnit.WattHour, engines.DailyConsumption),
            composer.Profile(
                "0-0:98.1.8.255", billing.Daily, () => SecondsPerDay, Balance, Credit(1), Credit(2), Debt(3), Debt(1), Debt(2)),
            composer.Profile("0-0:98.1.0.255", billing.Periods, () => 0, Snapshot()),
            composer.Profile("0-0:98.1.2.255", billing.Changes, () => 0, Snapshot()),
            composer.Profile(
                "0-0:98.1.4.255", billing.DebtPayments, () => 0, LastAmount("0-0:94.44.2.31"), Debt(3)),
            composer.Profile(
                "0-0:98.1.5.255", billing.Credits, () => 0, LastAmount("0-0:94.44.2.30"), Balance),
            composer.Data("0-0:94.44.2.30", LastOf(billing.Credits)),
            composer.Data("0-0:94.44.2.31", LastOf(billing.DebtPayments)),
            composer.SingleActionSchedule("0-0:15.0.0.255", engines.BillingCalendar),
            .. Historic(composer, billing.Periods),
            composer.Demand("1-0:1.6.0.255", engines.MaximumImport),
            composer.Demand("1-0:2.6.0.255", engines.MaximumExport),
            composer.Demand("1-0:1.6.1.255", engines.MaximumInWindow),
            composer.Schedule(
                "0-0:12.0.0.255", engines.DemandWindow, ObjectComposer.Name("0-0:10.0.102.255"), script => script <= 1, () => { }),
            composer.Data("0-0:94.44.34.20", (ref AxdrWriter writer) => writer.WriteDoubleLongUnsigned(
                (uint)composer.Meter.Settle().ActiveImportWatts)),
        ];
    }

    private static CosemObject[] Interval(
        ObjectComposer composer, string profile, string register, byte unit, IntervalRecorder recorder) =>
    [
        composer.Profile(profile, recorder.Log, () => (uint)recorder.Period.TotalSeconds, (Register(register), false)),
        composer.Energy(register, unit, () => recorder.Last),
    ];

    // The register at the end of the last billing period has F = 101, the one before 102, and so on.
    private static IEnumerable<CosemObject> Historic(ObjectComposer composer, MeterLog periods) =>
        Enumerable.Range(0, BillingLogs.SnapshotCapacity).Select(back => composer.Energy(
            $"1-0:1.8.0.{FirstHistoricField + back}", CosemUnit.WattHour,
            () => back < periods.Count ? (uint)periods[periods.Count - 1 - back].Values[0] : 0));

    private static AttributeEncoder LastOf(MeterLog log) => (ref AxdrWriter writer) =>
        writer.WriteDoubleLong(log.Count == 0 ? 0 : (int)log[log.Count - 1].Values[0]);

    private static ProfileColumn Register(string name) => new(3, ObjectComposer.Name(name), 2);

    private static (ProfileColumn Column, bool IsSigned) LastAmount(string name) => (new(1, ObjectComposer.Name(name), 2), true);

    private static (ProfileColumn Column, bool IsSigned) Credit(byte credit) =>
        (new(112, new ObisCode(0, 0, 19, 10, credit, 255), 2), true);

    private static (ProfileColumn Column, bool IsSigned) Debt(byte charge) =>
        (new(113, new ObisCode(0, 0, 19, 20, charge, 255), 12), true);

    private static (ProfileColumn Column, bool IsSigned)[] Snapshot() =>
    [
        (Register("1-0:1.8.0.255"), false),
        (Register("1-0:2.8.0.255"), false),
        .. Enumerable.Range(1, BillingLogs.SnapshotRates).Select(rate => (Register($"1-0:1.8.{rate}.255"), false)),
        Balance,
    ];
}
