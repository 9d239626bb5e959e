namespace DeviceHarness.Orchestrator.Cycles;

/// <summary>Who watches which cycle. Publishing never waits for a watcher.</summary>
internal sealed class CycleWatchHub(int queueLimit)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<WatchQueue>> _watchers = new(StringComparer.Ordinal);

    /// <summary>How many watchers there are, over all cycles.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _watchers.Values.Sum(watchers => watchers.Count);
            }
        }
    }

    /// <summary>Begins to collect the news of a cycle.</summary>
    public WatchQueue Subscribe(string cycleId)
    {
        WatchQueue queue = new(queueLimit);
        lock (_gate)
        {
            if (!_watchers.TryGetValue(cycleId, out List<WatchQueue>? watchers))
            {
                _watchers[cycleId] = watchers = [];
            }

            watchers.Add(queue);
        }

        return queue;
    }

    /// <summary>Stops collecting.</summary>
    public void Unsubscribe(string cycleId, WatchQueue queue)
    {
        lock (_gate)
        {
            if (_watchers.TryGetValue(cycleId, out List<WatchQueue>? watchers) && watchers.Remove(queue) && watchers.Count == 0)
            {
                _watchers.Remove(cycleId);
            }
        }
    }

    /// <summary>Tells everyone who watches the cycle.</summary>
    public void Publish(string cycleId, CycleNews news)
    {
        lock (_gate)
        {
            if (_watchers.TryGetValue(cycleId, out List<WatchQueue>? watchers))
            {
                foreach (WatchQueue queue in watchers)
                {
                    queue.Offer(news);
                }
            }
        }
    }
}
