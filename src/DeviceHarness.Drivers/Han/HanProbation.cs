using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.Han;

/// <summary>The devices that joined anew and have not agreed on a link key: one that takes too long is told to leave.</summary>
/// <remarks>Source: this harness's ZigBee guide 4.7, step 5, and 12: hubs commonly allow about twenty minutes. From any thread; an adapter
/// that is lost or refuses is told, and asked again. Nothing of it is kept over a restart of the host.</remarks>
internal sealed class HanProbation : IDisposable
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, TimeSpan> _due = [];
    private readonly HashSet<ulong> _late = [];
    private readonly IZigBeeAdapter _adapter;
    private readonly HanDirectory _directory;
    private readonly HanTasks _tasks;
    private readonly TimeSpan _limit;
    private readonly TimeProvider _timeProvider;
    private readonly Action<HanEvent> _tell;
    private readonly long _origin;
    private readonly ITimer _timer;
    private bool _isDisposed;

    internal HanProbation(
        IZigBeeAdapter adapter, HanDirectory directory, HanTasks tasks, TimeSpan limit, TimeProvider timeProvider, Action<HanEvent> tell)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        _adapter = adapter;
        _directory = directory;
        _tasks = tasks;
        _limit = limit;
        _timeProvider = timeProvider;
        _tell = tell;
        _origin = timeProvider.GetTimestamp();
        _timer = timeProvider.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Now => _timeProvider.GetElapsedTime(_origin);

    /// <summary>A device joined anew: its time begins, again if it had begun.</summary>
    internal void Begin(ulong eui64)
    {
        lock (_gate)
        {
            _due[eui64] = Now + _limit;
            _late.Remove(eui64);
            Arm();
        }
    }

    /// <summary>A device has its link key, or has left.</summary>
    internal void End(ulong eui64)
    {
        lock (_gate)
        {
            _due.Remove(eui64);
        }
    }

    /// <summary>Whether a device is in the network, has no link key yet, and has time for one.</summary>
    internal bool HasTime(ulong eui64)
    {
        lock (_gate)
        {
            return _due.ContainsKey(eui64) && !_late.Contains(eui64);
        }
    }

    /// <summary>The network is another one.</summary>
    internal void Clear()
    {
        lock (_gate)
        {
            _due.Clear();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _due.Clear();
            _timer.Dispose();
        }
    }

    private void Tick()
    {
        ulong[] late;
        lock (_gate)
        {
            TimeSpan now = Now;
            late = [.. _due.Where(device => device.Value <= now).Select(device => device.Key)];
            foreach (ulong eui64 in late)
            {
                _late.Add(eui64);
                // It goes when the adapter has taken the order, and not before.
                _due[eui64] = now + AskAgainAfter;
            }

            Arm();
        }

        foreach (ulong eui64 in late)
        {
            // Too much under way: there is another time.
            _ = _tasks.TryRun(cancellationToken => RemoveAsync(eui64, cancellationToken));
        }
    }

    private void Arm()
    {
        if (!_isDisposed && _due.Count > 0)
        {
            TimeSpan left = _due.Values.Min() - Now;
            _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private bool IsWaitedFor(ulong eui64)
    {
        lock (_gate)
        {
            return _due.ContainsKey(eui64);
        }
    }

    private async Task RemoveAsync(ulong eui64, CancellationToken cancellationToken)
    {
        try
        {
            ushort? nodeId = _directory.Find(eui64)?.NodeId
                ?? await _adapter.FindNodeAsync(eui64, cancellationToken).ConfigureAwait(false);
            if (!IsWaitedFor(eui64))
            {
                return;
            }

            if (nodeId is not { } node)
            {
                // Neither heard of since nor known to the adapter: there is nobody to be told.
                End(eui64);
                throw HanFaults.UnknownNode(_adapter.Port, eui64);
            }

            await _adapter.RemoveDeviceAsync(node, eui64, cancellationToken).ConfigureAwait(false);
            End(eui64);
            _tell(new HanKeylessRemoved(eui64, node, _limit, _timeProvider.GetUtcNow()));
        }
        catch (HarnessException failed)
        {
            _tell(new HanFault(failed, _timeProvider.GetUtcNow()));
        }
    }
}
