namespace DeviceHarness.Duis.Service;

/// <summary>Keeps a device that repeats an alert from flooding the SMETS1 Service Provider and its Users: what goes beyond the limit is
/// dropped and counted, and one copy a period stands for what was dropped.</summary>
/// <remarks>SEC modification SECMP0062 as the project's guide tells it; the message says so by the schema's ThrottledAlertSequenceId and
/// ThrottledAlertCount. How a real Service Provider draws its periods is not public: here one begins with the first alert of a code, and a
/// storm is over when a period has no more than the limit. Not safe for several threads; bounded.</remarks>
/// <param name="policy">The limit; null forwards everything.</param>
internal sealed class AlertThrottle(AlertThrottlePolicy? policy)
{
    /// <summary>How many devices and codes are watched; the one that was quiet longest goes first.</summary>
    public const int MaximumWatched = 4_096;

    private readonly Dictionary<(Eui64 Device, string Code), Window> _windows = [];
    private uint _lastSequence;

    /// <summary>Decides on an alert that came.</summary>
    /// <param name="device">The device.</param>
    /// <param name="code">The alert's code.</param>
    /// <param name="now">The time.</param>
    public AlertForwarding Judge(Eui64 device, string code, DateTimeOffset now)
    {
        if (policy is null || policy.NeverThrottled.Contains(code))
        {
            return AlertForwarding.Alone;
        }

        (Eui64, string) key = (device, code);
        if (!_windows.TryGetValue(key, out Window? window))
        {
            MakeRoom();
            _windows[key] = new Window(now, now, 1, 0, policy.Limit);
            return AlertForwarding.Alone;
        }

        if (now - window.Began >= policy.Period)
        {
            bool isStorm = window.Seen > policy.Limit;
            _windows[key] = new Window(now, now, 1, 0, isStorm ? 1 : policy.Limit);
            return window.Dropped == 0 ? AlertForwarding.Alone : new AlertForwarding(true, ++_lastSequence, window.Dropped + 1);
        }

        bool isForwarded = window.Seen < window.Allowed;
        _windows[key] = window with { Latest = now, Seen = window.Seen + 1, Dropped = window.Dropped + (isForwarded ? 0u : 1u) };
        return isForwarded ? AlertForwarding.Alone : AlertForwarding.Dropped;
    }

    private void MakeRoom()
    {
        if (_windows.Count >= MaximumWatched)
        {
            _windows.Remove(_windows.MinBy(entry => entry.Value.Latest).Key);
        }
    }

    private sealed record Window(DateTimeOffset Began, DateTimeOffset Latest, int Seen, uint Dropped, int Allowed);
}

/// <summary>What becomes of an alert.</summary>
/// <param name="IsForwarded">Whether the User is told.</param>
/// <param name="SequenceId">The number of the message among those that stand for several alerts; null when it stands for itself.</param>
/// <param name="Count">How many alerts it stands for; null when for itself.</param>
internal readonly record struct AlertForwarding(bool IsForwarded, uint? SequenceId, uint? Count)
{
    /// <summary>It is forwarded and stands for itself.</summary>
    public static AlertForwarding Alone { get; } = new(true, null, null);

    /// <summary>It is dropped.</summary>
    public static AlertForwarding Dropped { get; } = new(false, null, null);
}
