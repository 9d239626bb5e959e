using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.Han;

/// <summary>Keeps what the trust centre knows: after each change of its keys before anybody hears of the change, and every hour for its
/// counters.</summary>
/// <remarks>Source: this harness's ZigBee guide 11.1. A state is restored with counters raised by more frames than an adapter can send in
/// an hour.</remarks>
internal sealed class HanKeeper : IAsyncDisposable
{
    /// <summary>By how much counters are raised: at 250 kbit/s no more than 800 of the shortest frames a second leave, so that an hour has
    /// 2.9 million.</summary>
    internal const uint Raise = 1 << 22;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly IZigBeeAdapter _adapter;
    private readonly IHanStateStore _store;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly ITimer _timer;

    internal HanKeeper(
        IZigBeeAdapter adapter, IHanStateStore store, HanTasks tasks, TimeProvider timeProvider, Action<HanEvent> tell)
    {
        _adapter = adapter;
        _store = store;
        _timer = timeProvider.CreateTimer(_ => tasks.TryRun(KeepOrTellAsync), null, Interval, Interval);

        async Task KeepOrTellAsync(CancellationToken cancellationToken)
        {
            try
            {
                await KeepAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (HarnessException failed)
            {
                tell(new HanFault(failed, timeProvider.GetUtcNow()));
            }
        }
    }

    /// <summary>The network that was kept; null when none was.</summary>
    internal ZigBeeNetwork? Kept => _store.Read()?.Network;

    /// <summary>The devices whose link keys were kept.</summary>
    internal IReadOnlyCollection<ulong> KeptDevices => [.. _store.Read()?.LinkKeys.Keys ?? []];

    /// <summary>Keeps the state of now; of an adapter that is no trust centre there is none.</summary>
    internal async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (_adapter.Network is not { Role: ZigBeeRole.Coordinator })
        {
            return;
        }

        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _store.Save(await _adapter.BackUpAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The network was given up: nobody takes its place.</summary>
    internal void Forget() => _store.Save(null);

    /// <summary>Makes an adapter without a network the trust centre that was kept.</summary>
    /// <returns>Null when none was kept.</returns>
    internal async Task<ZigBeeNetwork?> RestoreAsync(CancellationToken cancellationToken)
    {
        if (_store.Read() is not { } kept)
        {
            return null;
        }

        if (_adapter.Identity is { } identity && identity.Eui64 != kept.Eui64)
        {
            throw HanFaults.OtherStick(_adapter.Port, identity.Eui64, kept.Eui64);
        }

        ZigBeeNetwork network = await _adapter.RestoreAsync(kept.Raised(Raise), cancellationToken).ConfigureAwait(false);
        await KeepAsync(cancellationToken).ConfigureAwait(false);
        return network;
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        _one.Dispose();
    }
}
