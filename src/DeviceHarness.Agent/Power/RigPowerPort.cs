using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Agent.Power;

/// <summary>The feeds of a rig, each with its contact: kept off and on for as long as the rig file says.</summary>
internal sealed class RigPowerPort : IPowerPort, IDisposable
{
    private readonly IReadOnlyList<Line> _lines;
    private readonly TimeProvider _time;

    /// <summary>Takes the feeds to be on, and just switched: nobody knows for how long.</summary>
    public RigPowerPort(IEnumerable<(PowerFeed Feed, IFeedContact Contact)> feeds, TimeProvider time)
    {
        _time = time;
        _lines = [.. feeds.Select(feed => new Line(feed.Feed, feed.Contact, time.GetTimestamp()))];
    }

    /// <inheritdoc/>
    public PowerFeed? FeedOf(DeviceId device) => Find(device)?.Feed;

    /// <inheritdoc/>
    public async Task SwitchAsync(DeviceId device, bool isOn, CancellationToken cancellationToken)
    {
        Line line = Find(device) ?? throw new ArgumentException($"{device} has no feed", nameof(device));
        await line.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (line.IsOn == isOn)
            {
                return;
            }

            TimeSpan least = isOn ? line.Feed.MinimumOff : line.Feed.MinimumOn;
            TimeSpan left = least - _time.GetElapsedTime(line.SwitchedAt);
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, _time, cancellationToken).ConfigureAwait(false);
            }

            // A contact that failed half-way is told again whatever comes next.
            line.IsOn = null;
            line.SwitchedAt = _time.GetTimestamp();
            await line.Contact.SetAsync(isOn, CancellationToken.None).ConfigureAwait(false);
            line.IsOn = isOn;
        }
        finally
        {
            line.Gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Line line in _lines)
        {
            line.Gate.Dispose();
        }
    }

    private Line? Find(DeviceId device) => _lines.FirstOrDefault(line => line.Feed.Devices.Contains(device));

    private sealed class Line(PowerFeed feed, IFeedContact contact, long since)
    {
        public PowerFeed Feed { get; } = feed;

        public IFeedContact Contact { get; } = contact;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public long SwitchedAt { get; set; } = since;

        /// <summary>Null while nobody knows: before the first word, and after a contact failed.</summary>
        public bool? IsOn { get; set; }
    }
}
