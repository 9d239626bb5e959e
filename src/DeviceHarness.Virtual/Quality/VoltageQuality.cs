using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Quality;

/// <summary>All that a meter says about its voltage.</summary>
internal sealed class VoltageQuality
{
    public VoltageQuality(QualityOptions options, MeterLog log, IMeterHost host)
    {
        Average = new AverageVoltage(options, log, host);
        ExtremeOver = Watch(true, EventCode.ExtremeOverVoltage, EventCode.ExtremeOverVoltageEnded, options.ExtremeOverDecivolts);
        ExtremeUnder = Watch(false, EventCode.ExtremeUnderVoltage, EventCode.ExtremeUnderVoltageEnded, options.ExtremeUnderDecivolts);
        Sag = Watch(false, EventCode.VoltageSag, EventCode.VoltageSagEnded, options.SagDecivolts);
        Swell = Watch(true, EventCode.VoltageSwell, EventCode.VoltageSwellEnded, options.SwellDecivolts);

        VoltageWatch Watch(bool isUpper, EventCode begun, EventCode ended, int decivolts) =>
            new(isUpper, begun, ended, host) { ThresholdDecivolts = decivolts, DurationSeconds = options.DurationSeconds };
    }

    /// <summary>The averages.</summary>
    public AverageVoltage Average { get; }

    /// <summary>Far too much.</summary>
    public VoltageWatch ExtremeOver { get; }

    /// <summary>Far too little.</summary>
    public VoltageWatch ExtremeUnder { get; }

    /// <summary>Too little.</summary>
    public VoltageWatch Sag { get; }

    /// <summary>Too much.</summary>
    public VoltageWatch Swell { get; }

    /// <summary>The four watches, in the order of their objects.</summary>
    public IReadOnlyList<VoltageWatch> Watches => [ExtremeOver, ExtremeUnder, Sag, Swell];

    /// <summary>What is kept without power.</summary>
    public QualityRecord Keep() => new(
        Average.PeriodSeconds, Average.OverDecivolts, Average.UnderDecivolts, Average.OverCount, Average.UnderCount,
        [.. Watches.Select(watch => watch.ThresholdDecivolts)], [.. Watches.Select(watch => watch.DurationSeconds)]);

    /// <summary>Goes on from what was kept without power.</summary>
    public void Restore(QualityRecord kept)
    {
        Average.Restore(kept);
        for (int index = 0; index < Watches.Count; index++)
        {
            Watches[index].ThresholdDecivolts = kept.Thresholds[index];
            Watches[index].DurationSeconds = kept.Durations[index];
        }
    }
}

/// <summary>Voltage thresholds and counters as they are kept in flash.</summary>
internal sealed record QualityRecord(
    int PeriodSeconds, int OverDecivolts, int UnderDecivolts, uint OverCount, uint UnderCount, int[] Thresholds, int[] Durations);
