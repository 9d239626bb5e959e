using System.Globalization;

namespace DeviceHarness.Agent.Power;

/// <summary>Ports that were lost within two seconds of a switch: the bench let go of them, not a device. Safe for use from any thread.
/// </summary>
/// <remarks>A relay that moves beside an adapter disturbs it, and a supply that dips under the inrush of a meter takes its hub down. What a
/// case then misses is no fault of the device.</remarks>
/// <param name="time">The clock.</param>
internal sealed class SwitchTrouble(TimeProvider time)
{
    /// <summary>How long after a switch a loss counts for its doing.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _moving = [];
    private (string Feed, long At)? _last;

    /// <summary>How many ports were lost so.</summary>
    public int Count { get; private set; }

    /// <summary>What was lost last, when, and after what; empty when nothing was.</summary>
    public string Told { get; private set; } = string.Empty;

    /// <summary>A contact is about to move.</summary>
    public void Begin(string feed)
    {
        lock (_gate)
        {
            _moving.Add(feed);
        }
    }

    /// <summary>It was told, and has moved if it ever will.</summary>
    public void End(string feed)
    {
        lock (_gate)
        {
            _moving.Remove(feed);
            _last = (feed, time.GetTimestamp());
        }
    }

    /// <summary>A port is gone, now.</summary>
    /// <param name="port">What it belongs to, by its name in the rig file.</param>
    /// <returns>Whether a switch may have done it.</returns>
    public bool NoteLoss(string port)
    {
        lock (_gate)
        {
            TimeSpan since = _last is { } last ? time.GetElapsedTime(last.At) : TimeSpan.MaxValue;
            if (_moving.Count == 0 && since > Window)
            {
                return false;
            }

            string feed = _moving.Count > 0 ? _moving.First() : _last!.Value.Feed;
            string when = _moving.Count > 0
                ? "while"
                : string.Create(CultureInfo.InvariantCulture, $"{since.TotalSeconds:0.0} s after");
            Count++;
            Told = string.Create(
                CultureInfo.InvariantCulture,
                $"the port of {port} was lost at {time.GetUtcNow():HH:mm:ss.fff}, {when} {feed} was switched: the bench's fault; keep its "
                + $"adapter away from the relay, and its USB hub on a supply of its own");
            return true;
        }
    }
}
