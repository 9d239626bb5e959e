using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Drivers.Gsme.Logs;

/// <summary>The intervals of a period, put together from what a meter tells, the oldest first.</summary>
/// <remarks>An interval that the meter left out between two others stands there without a value: it is never counted as nothing
/// consumed.</remarks>
/// <param name="what">The log of the meter, for messages.</param>
/// <param name="source">Where it is kept.</param>
/// <param name="period">The period: an interval belongs to it whose end does.</param>
/// <param name="most">The most entries that the answer of the service holds.</param>
internal sealed class GasIntervals(string what, GasLogSource source, ReadLogPeriod period, int most)
{
    private readonly List<GasInterval> _entries = [];
    private DateTimeOffset? _last;
    private int _told;

    /// <summary>The entries of the period.</summary>
    internal IReadOnlyList<GasInterval> Entries => _entries;

    /// <summary>Whether the period holds more than the answer of the service.</summary>
    internal bool IsCut { get; private set; }

    /// <summary>What is to be said of them beside them; empty for nothing.</summary>
    internal string Detail
    {
        get
        {
            int missing = _entries.Count(entry => entry.Value is null);
            return string.Join("; ", new[]
            {
                missing > 0 ? FormattableString.Invariant($"{what}: {missing} of {_entries.Count} intervals have no value") : string.Empty,
                IsCut ? FormattableString.Invariant($"{what}: the period holds more than the {most} entries of an answer") : string.Empty,
            }.Where(text => text.Length > 0));
        }
    }

    /// <summary>Takes what came in one answer: what is older than the answer before it its reader has refused.</summary>
    /// <param name="firstEnd">When its oldest interval ended.</param>
    /// <param name="values">The raw numbers, the oldest first.</param>
    /// <param name="frame">The answer.</param>
    /// <exception cref="RemoteProtocolException">HAN-041: there are more than the log holds.</exception>
    internal void Take(DateTimeOffset firstEnd, IReadOnlyList<uint?> values, ReadOnlyMemory<byte> frame)
    {
        _told += values.Count;
        if (_told > source.Capacity + source.AtOnce)
        {
            throw HanFaults.Unfit(what, $"more intervals than the {source.Capacity} that its model keeps", frame);
        }

        for (int index = 0; index < values.Count && !IsCut; index++)
        {
            DateTimeOffset end = firstEnd + (index * source.Interval);
            if (_last is { } last)
            {
                Bridge(last, end);
            }

            _last = end;
            Put(new GasInterval(end, values[index]));
        }
    }

    // Those that are not even told; a clock that was set may leave less than a whole one between.
    private void Bridge(DateTimeOffset last, DateTimeOffset end)
    {
        DateTimeOffset due = last + source.Interval;
        due = due < period.Start ? due + (Math.Ceiling((period.Start - due) / source.Interval) * source.Interval) : due;
        for (; due + source.Interval <= end && due <= period.End && !IsCut; due += source.Interval)
        {
            Put(new GasInterval(due, null));
        }
    }

    private void Put(GasInterval interval)
    {
        if (interval.End < period.Start || interval.End > period.End)
        {
            return;
        }

        IsCut = _entries.Count == most;
        if (!IsCut)
        {
            _entries.Add(interval);
        }
    }
}
