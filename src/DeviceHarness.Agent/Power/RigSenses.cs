using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Agent.Power;

/// <summary>All inputs of a rig that see supplies, whatever they are wired to.</summary>
/// <param name="kinds">One of each kind; a point is at one of them.</param>
internal sealed class RigSenses(IReadOnlyList<ISupplySense> kinds) : ISupplySense, IDisposable
{
    /// <inheritdoc/>
    public bool Has(SupplyPoint point) => kinds.Any(kind => kind.Has(point));

    /// <inheritdoc/>
    public Task<SupplyReading> ReadAsync(SupplyPoint point, CancellationToken cancellationToken) =>
        Of(point).ReadAsync(point, cancellationToken);

    /// <inheritdoc/>
    public Task WaitAsync(SupplyPoint point, long sequence, TimeSpan atMost, CancellationToken cancellationToken) =>
        Of(point).WaitAsync(point, sequence, atMost, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable kind in kinds.OfType<IDisposable>())
        {
            kind.Dispose();
        }
    }

    private ISupplySense Of(SupplyPoint point) => kinds.First(kind => kind.Has(point));
}
