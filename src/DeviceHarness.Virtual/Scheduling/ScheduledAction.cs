using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Tariff;

namespace DeviceHarness.Virtual.Scheduling;

/// <summary>When a single action runs: a date, parts of which may be unspecified, and a time of day.</summary>
/// <param name="Time">The time of day, to the second.</param>
/// <param name="Date">The date; year FFFF, or month, day and day of week FF, match every one.</param>
internal readonly record struct ExecutionTime(TimeSpan Time, CosemDate Date)
{
    /// <summary>Whether it happens once and never again.</summary>
    public bool IsOnce => Date.Year != 0xFFFF && Date.Month <= 12 && Date.Day != 0xFF;

    /// <summary>Its last occurrence in a slice; null when there is none.</summary>
    public DateTimeOffset? OccurrenceIn(in MeterSlice slice)
    {
        DateTime day = slice.To.UtcDateTime.Date;
        DateTimeOffset moment = new(day + Time, TimeSpan.Zero);
        if (moment > slice.To)
        {
            moment = moment.AddDays(-1);
            day = day.AddDays(-1);
        }

        return slice.Reaches(moment) && CosemDay.Matches(Date, day) ? moment : null;
    }
}

/// <summary>A script that runs at given times.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 22, as the domain guide gives it. An execution time that is over runs no more; one that happens once
/// is removed when it has run.</remarks>
/// <param name="script">The script table that is executed.</param>
/// <param name="selector">The script.</param>
/// <param name="run">Runs it.</param>
/// <param name="host">The meter around.</param>
/// <param name="isTold">Whether an event is entered when it has run.</param>
internal sealed class ScheduledAction(ObisCode script, ushort selector, Func<bool> run, IMeterHost host, bool isTold) : IMeterEngine
{
    /// <summary>The most execution times.</summary>
    public const int MaximumTimes = 12;

    private List<ExecutionTime> _times = [];

    /// <summary>The script table that is executed.</summary>
    public ObisCode Script => script;

    /// <summary>The script.</summary>
    public ushort Selector => selector;

    /// <summary>When it runs.</summary>
    public IReadOnlyList<ExecutionTime> Times
    {
        get => _times;
        set => _times = [.. value];
    }

    /// <summary>A client says anew when it runs.</summary>
    /// <param name="times">When; none at all withdraws what was said before.</param>
    public void Reschedule(IReadOnlyList<ExecutionTime> times)
    {
        if (isTold && times.Count == 0 && host.Has(EsmeDefects.CancelIgnored))
        {
            return;
        }

        Times = times;
        if (isTold && times.Count > 0 && host.Has(EsmeDefects.DatedActivationEarly))
        {
            _ = run();
        }
    }

    /// <inheritdoc/>
    public DateTimeOffset? NextDue
    {
        get
        {
            DateTimeOffset now = host.Now;
            DateTimeOffset? next = null;
            foreach (ExecutionTime time in _times)
            {
                DateTimeOffset today = new(now.UtcDateTime.Date + time.Time, TimeSpan.Zero);
                DateTimeOffset soon = today > now ? today : today.AddDays(1);
                next = next is null || soon < next ? soon : next;
            }

            return next;
        }
    }

    /// <inheritdoc/>
    public void Live(in MeterSlice slice)
    {
        for (int index = _times.Count - 1; index >= 0; index--)
        {
            ExecutionTime time = _times[index];
            if (time.OccurrenceIn(slice) is null)
            {
                continue;
            }

            if (time.IsOnce)
            {
                _times.RemoveAt(index);
            }

            bool isDone = run();
            if (isTold)
            {
                host.Enter(isDone ? EventCode.FutureCommandDone : EventCode.FutureCommandNotDone);
            }
        }
    }
}
