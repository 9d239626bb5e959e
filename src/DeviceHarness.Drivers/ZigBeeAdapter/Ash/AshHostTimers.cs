namespace DeviceHarness.Drivers.ZigBeeAdapter.Ash;

/// <summary>What falls due when, on the host's end of a link. Instants count from any origin.</summary>
/// <remarks>Source: the public UART-EZSP gateway protocol reference (Silicon Labs), as this harness's ZigBee guide 3.5 and 3.6 sums it
/// up.</remarks>
internal sealed class AshHostTimers(AshHostSettings settings)
{
    private TimeSpan? _resetDue;
    private TimeSpan? _ackDue;
    private TimeSpan? _refreshDue;
    private TimeSpan? _holdEnds;

    /// <summary>How long an acknowledgement may take now.</summary>
    internal TimeSpan AckTime { get; private set; } = settings.InitialAckTime;

    /// <summary>Nothing is awaited, and nothing is known of how long an acknowledgement takes.</summary>
    internal void Reset()
    {
        (_resetDue, _ackDue, _refreshDue, _holdEnds) = (null, null, null, null);
        AckTime = settings.InitialAckTime;
    }

    /// <summary>RSTACK is awaited.</summary>
    internal void AwaitReset(TimeSpan now) => _resetDue = now + settings.ResetTimeout;

    /// <summary>Whether RSTACK is late.</summary>
    internal bool IsResetLate(TimeSpan now) => _resetDue <= now;

    /// <summary>An acknowledgement is awaited from now on.</summary>
    internal void AwaitAck(TimeSpan now) => _ackDue = now + AckTime;

    /// <summary>An acknowledgement is awaited from now on, unless one is already.</summary>
    internal void AwaitFirstAck(TimeSpan now) => _ackDue ??= now + AckTime;

    /// <summary>No acknowledgement is awaited.</summary>
    internal void StopAck() => _ackDue = null;

    /// <summary>Whether the acknowledgement is late.</summary>
    internal bool IsAckLate(TimeSpan now) => _holdEnds is null && _ackDue <= now;

    /// <summary>A frame that was sent once was acknowledged after so long.</summary>
    internal void Measured(TimeSpan taken) => AckTime = Clamp((AckTime * 7 / 8) + (taken / 2));

    /// <summary>No acknowledgement came in time.</summary>
    internal void TimedOut() => AckTime = Clamp(AckTime * 2);

    /// <summary>The host is not ready, and has just said so.</summary>
    internal void RefreshLater(TimeSpan now) => _refreshDue = now + settings.NotReadyRefresh;

    /// <summary>The host is ready.</summary>
    internal void StopRefresh() => _refreshDue = null;

    /// <summary>Whether the host must say again that it is not ready.</summary>
    internal bool IsRefreshDue(TimeSpan now) => _refreshDue <= now;

    /// <summary>The adapter holds us off, or no longer; an acknowledgement has all its time after it.</summary>
    internal void Hold(bool isHeld, TimeSpan now)
    {
        if (isHeld)
        {
            _holdEnds ??= now + settings.MaximumHold;
        }
        else if (_holdEnds is not null)
        {
            _holdEnds = null;
            _ackDue = _ackDue is null ? null : now + AckTime;
        }
    }

    /// <summary>Whether no XON has come for too long.</summary>
    internal bool IsHoldOver(TimeSpan now) => _holdEnds <= now;

    /// <summary>When something falls due next; null when nothing is awaited.</summary>
    internal TimeSpan? Next()
    {
        TimeSpan? next = _resetDue;
        TimeSpan? ackDue = _holdEnds is null ? _ackDue : null;
        foreach (TimeSpan? due in (ReadOnlySpan<TimeSpan?>)[ackDue, _refreshDue, _holdEnds])
        {
            next = due is not null && (next is null || due < next) ? due : next;
        }

        return next;
    }

    private TimeSpan Clamp(TimeSpan time) =>
        time < settings.MinimumAckTime ? settings.MinimumAckTime
        : time > settings.MaximumAckTime ? settings.MaximumAckTime
        : time;
}
