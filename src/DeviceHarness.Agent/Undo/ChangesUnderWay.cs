namespace DeviceHarness.Agent.Undo;

/// <summary>Counts the commands that change a state of a device, so that a reading which overlapped one proves nothing. Safe for use from
/// any thread.</summary>
internal sealed class ChangesUnderWay
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Device, string State), Counts> _counts = [];

    /// <summary>A change begins; it ends when what is returned is disposed of.</summary>
    public IDisposable Begin(string device, string state)
    {
        lock (_gate)
        {
            if (!_counts.TryGetValue((device, state), out Counts? counts))
            {
                _counts[(device, state)] = counts = new Counts();
            }

            counts.Begun++;
            counts.UnderWay++;
            return new Change(this, counts);
        }
    }

    /// <summary>How many changes began so far; null while one is under way.</summary>
    public long? CountWhenNoneIsUnderWay(string device, string state)
    {
        lock (_gate)
        {
            return _counts.TryGetValue((device, state), out Counts? counts) ? counts.UnderWay == 0 ? counts.Begun : null : 0;
        }
    }

    private sealed class Counts
    {
        public long Begun { get; set; }

        public int UnderWay { get; set; }
    }

    private sealed class Change(ChangesUnderWay owner, Counts counts) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._gate)
            {
                counts.UnderWay--;
            }
        }
    }
}
