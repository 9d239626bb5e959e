namespace DeviceHarness.Duis.Service;

/// <summary>Counts the critical requests that Users send. Pure: time comes in as a parameter. Not safe for several threads; bounded by the
/// ceilings, since what is above one is not counted.</summary>
internal sealed class AnomalyCounter(AnomalyThresholds thresholds)
{
    private readonly Dictionary<AnomalyThreshold, Queue<DateTimeOffset>> _sent = [];

    /// <summary>Counts a critical request unless it is above a ceiling.</summary>
    /// <param name="user">The User.</param>
    /// <param name="srv">The variant.</param>
    /// <param name="now">The time.</param>
    /// <returns>The ceiling that it is above; null when it is counted.</returns>
    public AnomalyThreshold? Count(Eui64 user, string srv, DateTimeOffset now)
    {
        AnomalyThreshold[] limits = [.. thresholds.Limits.Where(limit => limit.Counts(user, srv))];
        foreach (AnomalyThreshold limit in limits)
        {
            if (SentWithin(limit, now).Count >= limit.AtMost)
            {
                return limit;
            }
        }

        foreach (AnomalyThreshold limit in limits)
        {
            _sent[limit].Enqueue(now);
        }

        return null;
    }

    private Queue<DateTimeOffset> SentWithin(AnomalyThreshold limit, DateTimeOffset now)
    {
        if (!_sent.TryGetValue(limit, out Queue<DateTimeOffset>? sent))
        {
            _sent[limit] = sent = new Queue<DateTimeOffset>();
        }

        while (sent.TryPeek(out DateTimeOffset first) && now - first >= thresholds.Window)
        {
            sent.Dequeue();
        }

        return sent;
    }
}
