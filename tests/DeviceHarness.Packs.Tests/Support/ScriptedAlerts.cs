using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Packs.Tests.Support;

/// <summary>An alert log that a test writes.</summary>
internal sealed class ScriptedAlerts : IAlertLog
{
    private readonly Lock _gate = new();
    private readonly List<BenchAlert> _waiting = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _count;

    /// <summary>What a device answers to a probe; null when nobody can ask it.</summary>
    public bool? Answers { get; set; } = true;

    /// <summary>What happens when a device is probed.</summary>
    public Action? OnProbe { get; set; }

    /// <summary>Completes when somebody waits for an alert.</summary>
    public Task Asked => _asked.Task;

    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    public void Tell(string code, string device = "esme-01", bool isDuplicate = false, bool isThrottled = false)
    {
        TaskCompletionSource more;
        lock (_gate)
        {
            _waiting.Add(new BenchAlert(new DeviceId(device), code, $"meaning of {code}", DateTimeOffset.UnixEpoch)
            {
                IsDuplicate = isDuplicate,
                IsThrottled = isThrottled,
                Octets = "C200",
            });
            _count++;
            more = _more;
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        more.SetResult();
    }

    public IReadOnlyList<BenchAlert> TakeFor(IReadOnlyCollection<DeviceId> devices)
    {
        lock (_gate)
        {
            BenchAlert[] taken = [.. _waiting.Where(alert => devices.Contains(alert.Device))];
            _waiting.RemoveAll(alert => devices.Contains(alert.Device));
            return taken;
        }
    }

    public Task WaitAsync(long count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Task wait = _count > count ? Task.CompletedTask : _more.Task.WaitAsync(cancellationToken);
            _asked.TrySetResult();
            return wait;
        }
    }

    public Task<bool?> ProbeAsync(DeviceId device, CancellationToken cancellationToken)
    {
        OnProbe?.Invoke();
        return Task.FromResult(Answers);
    }
}
