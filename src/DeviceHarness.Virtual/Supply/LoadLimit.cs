using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Supply;

/// <summary>Cuts the supply when the load is above a limit for too long: armed for the consumer's hand at once, connected by itself
/// after the restoration period.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 71, and the GB object list and alert names (8F01, 8F33, 8F34), as the domain guide gives
/// them.</remarks>
internal sealed class LoadLimit(LoadLimitOptions options, IMeterHost host) : IMeterEngine
{
    private DateTimeOffset? _overSince;
    private DateTimeOffset? _restoreAt;
    private bool _isOver;

    /// <summary>The power that is allowed, in watts.</summary>
    public int ThresholdWatts { get; set; } = options.ThresholdWatts;

    /// <summary>How long more is borne, in seconds.</summary>
    public int OverSeconds { get; set; } = options.OverSeconds;

    /// <summary>After how long the supply is connected again, in seconds; 0 for never.</summary>
    public int RestoreSeconds { get; set; } = options.RestoreSeconds;

    /// <summary>Whether the supply is cut, or only the alert given.</summary>
    public bool CutsSupply { get; set; } = options.CutsSupply;

    /// <summary>How often the limit was exceeded for too long.</summary>
    public uint Count { get; set; }

    /// <inheritdoc/>
    public DateTimeOffset? NextDue => _restoreAt ?? (_isOver ? null : _overSince?.AddSeconds(OverSeconds));

    /// <inheritdoc/>
    public void Live(in MeterSlice slice)
    {
        if (_restoreAt <= slice.To)
        {
            _restoreAt = null;
            if (host.Supply.ConnectIfOffFor(SupplyCause.LoadLimit))
            {
                host.Enter(EventCode.EnabledAfterLoadLimit);
            }
        }

        if (slice.NetWatts <= ThresholdWatts)
        {
            _overSince = null;
            _isOver = false;
            return;
        }

        _overSince ??= slice.From;
        if (!_isOver && slice.To - _overSince >= TimeSpan.FromSeconds(OverSeconds))
        {
            Exceed(slice.To);
        }
    }

    /// <summary>The clock was set: what was measured until now does not count.</summary>
    public void Restart()
    {
        _overSince = null;
        _restoreAt = _restoreAt is null ? null : host.Now.AddSeconds(RestoreSeconds);
    }

    /// <summary>What is kept without power.</summary>
    public LoadLimitRecord Keep() => new(ThresholdWatts, OverSeconds, RestoreSeconds, CutsSupply, Count);

    /// <summary>Goes on from what was kept without power; a restoration that was pending begins anew.</summary>
    public void Restore(LoadLimitRecord kept)
    {
        (ThresholdWatts, OverSeconds, RestoreSeconds) = (kept.ThresholdWatts, kept.OverSeconds, kept.RestoreSeconds);
        (CutsSupply, Count) = (kept.CutsSupply, kept.Count);
        if (host.Supply.Cause == SupplyCause.LoadLimit && RestoreSeconds > 0)
        {
            _restoreAt = host.Now.AddSeconds(RestoreSeconds);
        }
    }

    private void Exceed(DateTimeOffset now)
    {
        _isOver = true;
        Count++;
        host.Enter(EventCode.LoadLimitExceeded);
        if (!CutsSupply)
        {
            return;
        }

        host.Supply.Open(SupplyCause.LoadLimit, isArmed: true);
        host.Enter(EventCode.ArmedByLoadLimit);
        _restoreAt = RestoreSeconds > 0 ? now.AddSeconds(RestoreSeconds) : null;
    }
}

/// <summary>A load limit as it is kept in flash.</summary>
internal sealed record LoadLimitRecord(int ThresholdWatts, int OverSeconds, int RestoreSeconds, bool CutsSupply, uint Count);
