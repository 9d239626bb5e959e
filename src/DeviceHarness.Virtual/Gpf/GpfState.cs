using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.Devices;

namespace DeviceHarness.Virtual.Gpf;

/// <summary>The inside of a gas proxy: what its gas meter reported last, when, a snapshot of each day, and the meter's logs.</summary>
/// <remarks>All of it is in flash. What the meter stops reporting stays as it was, with the time at which it was true.</remarks>
internal sealed class GpfState
{
    private const string RecordName = "gpf-mirror";
    private const ushort Summation = 0x0000;
    private const ushort SnapshotTime = 0x0007;
    private const ushort DeviceType = 0x0306;
    private const byte MirroredGas = 0x80;
    private const ushort FirstTier = 0x0100;
    private const ushort Balance = 0x0001;
    private const ushort EmergencyRemaining = 0x0002;
    private const ushort AccumulatedDebt = 0x0005;
    private const ushort FirstDebt = 0x0211;
    private const ushort DebtStep = 16;
    private const int SnapshotCapacity = 60;

    private readonly IMeterFlash _flash;

    /// <summary>Finds in flash what was reported before.</summary>
    /// <param name="model">What the proxy is.</param>
    /// <param name="clock">What makes its time run.</param>
    /// <param name="flash">What it kept.</param>
    /// <exception cref="IOException">The flash cannot be read.</exception>
    public GpfState(GpfModel model, TimeProvider clock, IMeterFlash flash)
    {
        Defects = model.Defects;
        _flash = flash;
        Clock = new HanClock(clock);
        Metering = new MirrorCluster(MirrorCluster.Metering, this);
        Prepayment = new MirrorCluster(MirrorCluster.Prepayment, this);
        Logs = new GpfUseLogs(flash, () => Has(GpfDefects.LogDiffers));
        Snapshots = new MeterLog("gpf-snapshots", SnapshotCapacity, GasSnapshot.Columns, flash);
        Restore(Metering);
        Restore(Prepayment);
    }

    /// <summary>Its clock.</summary>
    public HanClock Clock { get; }

    /// <summary>The mirror of the meter's Metering server.</summary>
    public MirrorCluster Metering { get; }

    /// <summary>The mirror of its Prepayment server.</summary>
    public MirrorCluster Prepayment { get; }

    /// <summary>Those of the meter from before it was known, then a row for the first report of each day.</summary>
    public MeterLog Snapshots { get; }

    /// <summary>What the meter used, as the proxy fetched it.</summary>
    public GpfUseLogs Logs { get; }

    /// <summary>The defects that are planted.</summary>
    public GpfDefects Defects { get; set; }

    /// <summary>Whether a defect is planted.</summary>
    public bool Has(GpfDefects defect) => (Defects & defect) != 0;

    /// <summary>The meter reported.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="payload">What follows the header.</param>
    /// <returns>The mirror that changed; null for a cluster that is not mirrored.</returns>
    public MirrorCluster? TakeReport(ushort cluster, ReadOnlySpan<byte> payload)
    {
        MirrorCluster? mirror = cluster switch
        {
            MirrorCluster.Metering => Metering,
            MirrorCluster.Prepayment => Prepayment,
            _ => null,
        };
        if (mirror is null)
        {
            return null;
        }

        IReadOnlyDictionary<ushort, ZclData> reported = AttributeRecords.OfReport(payload);
        foreach ((ushort attribute, ZclData value) in reported)
        {
            Take(mirror, attribute, value);
        }

        if (mirror == Metering && reported.ContainsKey(Summation))
        {
            Logs.Fetch(Snapshots);
            Stamp(reported.GetValueOrDefault(SnapshotTime));
        }

        Keep(mirror);
        return mirror;
    }

    private void Take(MirrorCluster mirror, ushort attribute, ZclData value)
    {
        if (mirror == Metering && attribute == DeviceType)
        {
            value = AttributeData.Bitmap8(MirroredGas);
        }

        bool isStale = Has(GpfDefects.MirrorStale) && mirror.Values.ContainsKey(attribute) && attribute != SnapshotTime;
        mirror.Values[attribute] = isStale ? mirror.Values[attribute] : value;
    }

    // A summation without a time is one of a meter that does not know the time.
    private void Stamp(ZclData? reported)
    {
        DateTimeOffset? time = reported is not null && reported.View.TryGetUInt64(out ulong seconds)
            ? ZclTime.ToMoment((uint)seconds)
            : null;
        if (time is null && Has(GpfDefects.AnswersDiffer))
        {
            time = Clock.Now;
        }

        Metering.Values[SnapshotTime] = AttributeData.Time(time is { } known ? ZclTime.FromMoment(known) : ZclTime.Invalid);
        DateTimeOffset stamp = time ?? Clock.Now;
        if (Snapshots.Count > 0 && Snapshots[Snapshots.Count - 1].Stamp.UtcDateTime.Date == stamp.UtcDateTime.Date)
        {
            return;
        }

        long[] tiers = [.. Enumerable.Range(0, GasSnapshot.Tiers).Select(tier => Metering.NumberOf((ushort)(FirstTier + (2 * tier))))];
        long[] debts = [.. Enumerable.Range(0, 3).Select(debt => Prepayment.NumberOf((ushort)(FirstDebt + (DebtStep * debt))))];
        uint id = Snapshots.Count == 0 ? 1 : (uint)Snapshots[Snapshots.Count - 1].Values[0] + 1;
        GasSnapshot snapshot = new(
            id, GasSnapshotCauses.General, Metering.NumberOf(Summation), tiers, Prepayment.NumberOf(AccumulatedDebt), debts,
            Prepayment.NumberOf(EmergencyRemaining), Prepayment.NumberOf(Balance));
        Snapshots.Enter(stamp, time is not null, snapshot.ToRow());
    }

    private static string NameOf(MirrorCluster mirror) => FormattableString.Invariant($"{RecordName}-{mirror.Id:x4}");

    private void Keep(MirrorCluster mirror)
    {
        WireOctets record = new();
        foreach ((ushort attribute, ZclData value) in mirror.Values)
        {
            record.Word(attribute).Octet((byte)value.Type).Run(value.ToWire());
        }

        _flash.Write(NameOf(mirror), record.ToArray());
    }

    private void Restore(MirrorCluster mirror)
    {
        foreach ((ushort attribute, ZclData value) in AttributeRecords.OfReport(_flash.Read(NameOf(mirror)) ?? []))
        {
            mirror.Values[attribute] = value;
        }
    }
}
