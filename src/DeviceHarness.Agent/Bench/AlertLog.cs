using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Agent.Bench;

/// <summary>Keeps what the devices of a bench told unasked until an attempt was given it, and what was told lately for finding
/// duplicates.</summary>
/// <remarks>Safe for use from any thread. Bounded: the oldest goes for a new one, and is counted.</remarks>
internal sealed class AlertLog
{
    /// <summary>The most alerts that wait for an attempt.</summary>
    public const int Capacity = 4_096;

    /// <summary>How many alerts of the past are looked through for duplicates.</summary>
    public const int Remembered = 1_024;

    private readonly Lock _gate = new();
    private readonly List<KeptAlert> _waiting = [];
    private readonly List<KeptAlert> _taken = [];
    private readonly Queue<AlertKey> _recent = new();
    private TaskCompletionSource _more = NewSignal();
    private long _number;
    private long _count;
    private long _duplicates;
    private long _dropped;

    /// <summary>How many alerts came so far.</summary>
    public long Count => Read(log => log._count);

    /// <summary>How many of them had been told before.</summary>
    public long Duplicates => Read(log => log._duplicates);

    /// <summary>How many were dropped because no attempt took them.</summary>
    public long Dropped => Read(log => log._dropped);

    /// <summary>Keeps an alert.</summary>
    /// <param name="alert">The alert; whether it is a duplicate is found here.</param>
    /// <returns>The alert as it was kept, with its number.</returns>
    public KeptAlert Add(BenchAlert alert)
    {
        TaskCompletionSource more;
        KeptAlert kept;
        lock (_gate)
        {
            kept = new KeptAlert(++_number, alert with { IsDuplicate = IsRepetition(alert) });
            if (_waiting.Count == Capacity)
            {
                _waiting.RemoveAt(0);
                _dropped++;
            }

            _waiting.Add(kept);
            _count++;
            _duplicates += kept.Alert.IsDuplicate ? 1 : 0;
            more = _more;
            _more = NewSignal();
        }

        more.TrySetResult();
        return kept;
    }

    /// <summary>Takes up what was kept from an earlier life of the agent, before anything is added: it waits as it did.</summary>
    public void TakeUp(IEnumerable<KeptAlert> earlier)
    {
        lock (_gate)
        {
            foreach (KeptAlert kept in earlier.TakeLast(Capacity))
            {
                _ = IsRepetition(kept.Alert);
                _waiting.Add(kept);
                _number = Math.Max(_number, kept.Number);
            }
        }
    }

    /// <summary>Takes out the alerts of some devices that no attempt was given yet.</summary>
    public IReadOnlyList<BenchAlert> TakeFor(IReadOnlyCollection<DeviceId> devices)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                return [];
            }

            KeptAlert[] taken = [.. _waiting.Where(kept => devices.Contains(kept.Alert.Device))];
            _waiting.RemoveAll(kept => devices.Contains(kept.Alert.Device));
            _taken.AddRange(taken);
            return [.. taken.Select(kept => kept.Alert)];
        }
    }

    /// <summary>The numbers of what was taken out for some devices since this was asked last.</summary>
    public IReadOnlyList<long> TakenSince(IReadOnlyCollection<DeviceId> devices)
    {
        lock (_gate)
        {
            long[] taken = [.. _taken.Where(kept => devices.Contains(kept.Alert.Device)).Select(kept => kept.Number)];
            _taken.RemoveAll(kept => devices.Contains(kept.Alert.Device));
            return taken;
        }
    }

    /// <summary>Waits until more alerts came than some number.</summary>
    public Task WaitAsync(long count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _count > count ? Task.CompletedTask : _more.Task.WaitAsync(cancellationToken);
        }
    }

    // Without a time of its own a repetition cannot be told from the same thing happening again.
    private bool IsRepetition(BenchAlert alert)
    {
        if (alert.OccurredAt is not { } occurred || alert.Code.Length == 0)
        {
            return false;
        }

        AlertKey key = new(alert.Device, alert.Code, occurred);
        if (_recent.Contains(key))
        {
            return true;
        }

        if (_recent.Count == Remembered)
        {
            _ = _recent.Dequeue();
        }

        _recent.Enqueue(key);
        return false;
    }

    private long Read(Func<AlertLog, long> read)
    {
        lock (_gate)
        {
            return read(this);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly record struct AlertKey(DeviceId Device, string Code, DateTimeOffset OccurredAt);
}
