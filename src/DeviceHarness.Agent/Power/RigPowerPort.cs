using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Power;

/// <summary>The feeds of a rig, each with its contact: kept off and on for as long as the rig file says, switched on one after the other,
/// no oftener than a day allows, and never while the bench is isolated.</summary>
internal sealed class RigPowerPort : IPowerPort, IDisposable
{
    private readonly IReadOnlyList<Line> _lines;
    private readonly PowerCare _care;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _inrush = new(1, 1);
    private long? _lastOn;

    /// <summary>Takes the feeds to be on, and just switched: nobody knows for how long; but those that an agent before this one left off,
    /// and those whose contact is open until it is driven, to be off.</summary>
    /// <exception cref="TransportException">POWER-007: what was left off cannot be read.</exception>
    public RigPowerPort(IEnumerable<(RigFeed Feed, IFeedContact Contact)> feeds, PowerCare care, TimeProvider time)
    {
        _care = care;
        _time = time;
        _lines = [.. feeds.Select(feed => new Line(feed.Feed, feed.Contact, time.GetTimestamp())
        {
            IsTaken = feed.Feed.Switch is CoilSwitch { IsNormallyClosed: false } || care.Ledger.IsOff(feed.Feed.Feed.Name),
        })];
    }

    /// <summary>Whether a feed is off because the bench is isolated.</summary>
    public bool IsHolding => _lines.Any(line => line.IsHeld);

    /// <inheritdoc/>
    public PowerFeed? FeedOf(DeviceId device) => Find(device)?.Feed.Feed;

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

            PowerFeed feed = line.Feed.Feed;
            await PassAsync(isOn ? feed.MinimumOff : feed.MinimumOn, line.SwitchedAt, cancellationToken).ConfigureAwait(false);
            if (isOn)
            {
                await SwitchOnAsync(line, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await SwitchOffAsync(line).ConfigureAwait(false);
            }
        }
        finally
        {
            line.Gate.Release();
        }
    }

    /// <summary>Gives the supply to all that this port took it from, and to what an open contact keeps dark until it is driven, at once:
    /// when an agent begins, and when the bench is left. Not while it is isolated.</summary>
    /// <returns>What could not be.</returns>
    public async Task<IReadOnlyList<TransportException>> GiveBackAsync()
    {
        List<TransportException> faults = [];
        foreach (Line line in _lines.Where(line => line.IsTaken))
        {
            try
            {
                if (_care.Isolation is { } isolation)
                {
                    await isolation.RequireFreeAsync(CancellationToken.None).ConfigureAwait(false);
                }

                await MoveAsync(line, isOn: true).ConfigureAwait(false);
            }
            catch (TransportException fault)
            {
                faults.Add(fault);
            }
        }

        return faults;
    }

    /// <summary>Switches off what is not known to be off, at once and however often it was today, and keeps it off until
    /// <see cref="LetGoAsync"/>: the bench is isolated, and its supply must not come back with the stop that is let go.</summary>
    /// <exception cref="TransportException">A contact does not do what it is told, or what it is told cannot be kept; the others were
    /// told.</exception>
    public async Task HoldOffAsync()
    {
        TransportException? failed = null;
        foreach (Line line in _lines.Where(line => line.IsOn != false))
        {
            await line.Gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            try
            {
                line.IsHeld = true;
                await MoveAsync(line, isOn: false).ConfigureAwait(false);
            }
            catch (TransportException fault)
            {
                failed = fault;
            }
            finally
            {
                line.Gate.Release();
            }
        }

        if (failed is not null)
        {
            throw failed;
        }
    }

    /// <summary>Gives the supply back to what <see cref="HoldOffAsync"/> took it from: a person acknowledged.</summary>
    /// <exception cref="TransportException">A contact does not do what it is told, or the bench is isolated again.</exception>
    public async Task LetGoAsync()
    {
        foreach (Line line in _lines.Where(line => line.IsHeld).OrderBy(line => SourcesOf(line)))
        {
            await line.Gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            try
            {
                await PassAsync(line.Feed.Feed.MinimumOff, line.SwitchedAt, CancellationToken.None).ConfigureAwait(false);
                await SwitchOnAsync(line, CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                line.Gate.Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Line line in _lines)
        {
            line.Gate.Dispose();
        }

        _inrush.Dispose();
    }

    /// <summary>One feed after the other, so that what all draw at the start does not add up; then nothing of it may wait.</summary>
    private async Task SwitchOnAsync(Line line, CancellationToken cancellationToken)
    {
        await _inrush.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_lastOn is { } last)
            {
                await PassAsync(_care.InrushSpacing, last, cancellationToken).ConfigureAwait(false);
            }

            if (_care.Isolation is { } isolation)
            {
                await isolation.RequireFreeAsync(cancellationToken).ConfigureAwait(false);
            }

            if (line.Feed.FedBy is { } source && _lines.First(other => other.Feed.Feed.Name == source).IsOn == false)
            {
                throw PowerFaults.SourceIsOff(line.Feed);
            }

            await MoveAsync(line, isOn: true).ConfigureAwait(false);
            _lastOn = _time.GetTimestamp();
        }
        finally
        {
            _inrush.Release();
        }
    }

    private Task SwitchOffAsync(Line line)
    {
        string name = line.Feed.Feed.Name;
        if (line.Feed.DailyLimit is { } limit && _care.Ledger.CountOf(name) >= limit)
        {
            throw PowerFaults.LimitReached(line.Feed);
        }

        _care.Ledger.NoteOff(name);
        return MoveAsync(line, isOn: false);
    }

    private async Task MoveAsync(Line line, bool isOn)
    {
        // A contact that failed half-way is told again whatever comes next.
        string name = line.Feed.Feed.Name;
        if (!isOn)
        {
            _care.Ledger.MarkOff(name);
        }

        line.IsTaken = true;
        line.IsOn = null;
        line.SwitchedAt = _time.GetTimestamp();
        _care.Trouble?.Begin(name);
        try
        {
            await line.Contact.SetAsync(isOn, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _care.Trouble?.End(name);
        }

        line.IsOn = isOn;
        line.IsTaken = !isOn;
        if (isOn)
        {
            line.IsHeld = false;
            _care.Ledger.MarkOn(name);
        }
    }

    private Task PassAsync(TimeSpan least, long since, CancellationToken cancellationToken)
    {
        TimeSpan left = least - _time.GetElapsedTime(since);
        return left > TimeSpan.Zero ? Task.Delay(left, _time, cancellationToken) : Task.CompletedTask;
    }

    private int SourcesOf(Line line) =>
        line.Feed.FedBy is { } source ? 1 + SourcesOf(_lines.First(other => other.Feed.Feed.Name == source)) : 0;

    private Line? Find(DeviceId device) => _lines.FirstOrDefault(line => line.Feed.Own.Contains(device));

    private sealed class Line(RigFeed feed, IFeedContact contact, long since)
    {
        public RigFeed Feed { get; } = feed;

        public IFeedContact Contact { get; } = contact;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public long SwitchedAt { get; set; } = since;

        /// <summary>Whether it was switched off, by an agent or by a contact that is open until it is driven, and is not known to be on
        /// again.</summary>
        public bool IsTaken { get; set; }

        /// <summary>Whether it was switched off because the bench was isolated, and is not known to be on again.</summary>
        public bool IsHeld { get; set; }

        /// <summary>Null while nobody knows: before the first word, and after a contact failed.</summary>
        public bool? IsOn { get; set; }
    }
}
