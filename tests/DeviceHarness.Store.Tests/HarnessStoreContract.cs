using DeviceHarness.Assurance.Cycles;
using DeviceHarness.TestKit;
using Xunit;

namespace DeviceHarness.Store.Tests;

/// <summary>What every store must do; each medium inherits it.</summary>
/// <remarks>Parts: <c>Leases</c>, <c>Events</c>, <c>Cycles</c>, <c>Totals</c>, <c>Stops</c>, <c>Spares</c>, <c>Durability</c>.</remarks>
public abstract partial class HarnessStoreContract : IAsyncLifetime
{
    private IHarnessStore? _store;

    /// <summary>The store under test.</summary>
    protected IHarnessStore Store => _store ?? throw new InvalidOperationException("the store is not open");

    /// <summary>Opens the store at the place that belongs to this test; twice means the same content.</summary>
    protected abstract Task<IHarnessStore> OpenAsync();

    /// <summary>Removes the place after the store was closed.</summary>
    protected abstract Task RemoveAsync();

    /// <inheritdoc/>
    public async Task InitializeAsync() => _store = await OpenAsync().DefaultTimeout();

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        await RemoveAsync();
    }

    /// <summary>Closes the store and opens it again.</summary>
    protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        _store = await OpenAsync().DefaultTimeout();
    }

    /// <summary>Adds a cycle of executions that are safe to repeat, or not.</summary>
    protected Task AddAsync(string cycleId, int executions, RepeatSafety safety = RepeatSafety.Safe) => Store.AddCycleAsync(
        StoreSamples.Cycle(cycleId),
        [.. Enumerable.Range(1, executions).Select(ordinal => StoreSamples.Execution(cycleId, ordinal, safety))],
        CancellationToken.None).DefaultTimeout();

    /// <summary>Leases the next execution of the sample rig.</summary>
    protected async Task<Lease> LeaseAsync(TimeSpan? after = null) =>
        await Store.TryLeaseAsync(StoreSamples.Rig, StoreSamples.Noon + (after ?? TimeSpan.Zero), CancellationToken.None).DefaultTimeout()
        ?? throw new InvalidOperationException("nothing was leased");

    /// <summary>Appends events.</summary>
    protected Task<IReadOnlyList<AttemptAcknowledgement>> AppendAsync(params SequencedEvent[] events) =>
        Store.AppendEventsAsync(events, StoreSamples.Noon, CancellationToken.None).DefaultTimeout();

    /// <summary>Reads a cycle that is there.</summary>
    protected async Task<CycleDetail> GetAsync(string cycleId) =>
        await Store.GetCycleAsync(cycleId, CancellationToken.None).DefaultTimeout() ?? throw new InvalidOperationException("no such cycle");

    /// <summary>Ends leases that are past their end.</summary>
    protected Task<IReadOnlyList<ExpiredLease>> ExpireAsync(TimeSpan after) =>
        Store.RequeueExpiredAsync(StoreSamples.Noon + after, CancellationToken.None).DefaultTimeout();
}
