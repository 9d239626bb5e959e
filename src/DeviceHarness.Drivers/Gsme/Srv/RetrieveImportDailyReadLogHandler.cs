using System.Globalization;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Gsme.Logs;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 4.6.1: the registers of each day of a period, in cubic metres, fractions of a litre cut off; the last thirty-one.</summary>
[Srv("4.6.1")]
internal sealed class RetrieveImportDailyReadLogHandler(GasMeter meter) : GasLogHandler(meter, meter.Profile.Logs.DailyReadLog)
{
    private const int MostValues = 4;

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new RetrieveImportDailyReadLogRsp { MessageSuccess = false };

    /// <inheritdoc/>
    protected override async Task<(SrvResponseBody Answer, string Detail)> ReadAsync(
        ReadLogPeriod period, CancellationToken cancellationToken)
    {
        MeterScale scale = await GasScale.ReadAsync(Meter, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<GasSnapshot> snapshots = await new SnapshotReader(Meter, Source).ReadAsync(period, cancellationToken)
            .ConfigureAwait(false);
        RetrieveImportDailyReadLogRsp answer = new()
        {
            MessageSuccess = true,
            Entries = [.. snapshots.TakeLast(RetrieveImportDailyReadLogRsp.MaxEntries).Select(snapshot => Entry(snapshot, scale))],
        };
        int left = snapshots.Count - answer.Entries.Count;
        return (answer, left == 0 ? string.Empty : string.Create(
            CultureInfo.InvariantCulture, $"{Meter.Name}: the oldest {left} of {snapshots.Count} readings found no room in the answer"));
    }

    private static ImportDailyReadLogEntry Entry(GasSnapshot snapshot, MeterScale scale) => new()
    {
        Timestamp = snapshot.Time,
        IsGas = true,
        Consumption = snapshot.Registers?.Summation is { } register ? GasScale.Whole(scale.Apply(register)) : null,
        Matrices =
        [
            .. Matrix("TariffBlockCounterMatrix", snapshot.Registers?.Blocks, scale),
            .. Matrix("TariffTOURegisterMatrix", snapshot.Registers?.Rates, scale),
        ],
    };

    // Places without a value are left out, and the others keep their numbers.
    private static IEnumerable<ReadingMatrix> Matrix(string name, IReadOnlyList<long?>? registers, MeterScale scale)
    {
        IndexedReading[] values =
        [
            .. (registers ?? []).Take(MostValues).Select((register, index) => (register, index)).Where(one => one.register is not null)
                .Select(one => new IndexedReading(one.index + 1, GasScale.Whole(scale.Apply(one.register!.Value)))),
        ];
        return values.Length == 0 ? [] : [new ReadingMatrix(name, values)];
    }
}
