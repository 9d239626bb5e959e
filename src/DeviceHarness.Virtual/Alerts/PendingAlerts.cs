using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Alerts;

/// <summary>The alerts of a meter that wait for being pushed, oldest first.</summary>
/// <remarks>Safe for use from any thread.</remarks>
public sealed class PendingAlerts : IAlertSource
{
    /// <summary>The most alerts that wait; the oldest is dropped for a new one.</summary>
    public const int Capacity = 256;

    private readonly Lock _gate = new();
    private readonly Queue<DeviceAlert> _waiting = new();
    private long _lastNumber;
    private long _dropped;

    /// <inheritdoc/>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>How many alerts were dropped because nobody took the older ones.</summary>
    public long Dropped
    {
        get
        {
            lock (_gate)
            {
                return _dropped;
            }
        }
    }

    /// <summary>Whether an event of this code is told as an alert; the others are only logged.</summary>
    /// <param name="code">The code.</param>
    /// <remarks>Spec: the GB event and alert codes, as the domain guide's table gives them: those that it marks as log only are no
    /// alerts.</remarks>
    public static bool IsAlert(EventCode code) => code is not (EventCode.None or EventCode.FirmwareChanged
        or EventCode.BalanceAboveMaximum or EventCode.PowerInterrupted or EventCode.CredentialsUpdated);

    /// <inheritdoc/>
    public bool TryTake(out DeviceAlert alert)
    {
        lock (_gate)
        {
            return _waiting.TryDequeue(out alert);
        }
    }

    /// <summary>Queues an alert.</summary>
    /// <param name="entry">What happened when.</param>
    /// <param name="isLost">Whether it is counted and then lost, as with the defect alert-lost.</param>
    internal void Add(in EventEntry entry, bool isLost)
    {
        lock (_gate)
        {
            _lastNumber++;
            if (isLost)
            {
                return;
            }

            if (_waiting.Count == Capacity)
            {
                _waiting.Dequeue();
                _dropped++;
            }

            _waiting.Enqueue(new DeviceAlert(_lastNumber, entry.Stamp, entry.IsStampValid, entry.Code));
        }
    }

    /// <summary>Forgets what waits: the queue is in the memory that power keeps.</summary>
    internal void Clear()
    {
        lock (_gate)
        {
            _waiting.Clear();
        }
    }
}
