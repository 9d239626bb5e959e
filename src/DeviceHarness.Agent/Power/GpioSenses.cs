using System.Diagnostics;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Transports.Gpio;

namespace DeviceHarness.Agent.Power;

/// <summary>Inputs at GPIO lines that see supplies; the kernel stamps each change.</summary>
/// <param name="lines">The line at each point.</param>
internal sealed class GpioSenses(IReadOnlyDictionary<SupplyPoint, GpioLineSettings> lines) : ISupplySense, IDisposable
{
    private readonly Dictionary<SupplyPoint, GpioSight> _sights = lines.ToDictionary(line => line.Key, line => new GpioSight(line.Value));

    /// <inheritdoc/>
    public bool Has(SupplyPoint point) => _sights.ContainsKey(point);

    /// <inheritdoc/>
    public Task<SupplyReading> ReadAsync(SupplyPoint point, CancellationToken cancellationToken)
    {
        ContactSighting seen = _sights[point].Look();
        return Task.FromResult(new SupplyReading(
            seen.Source, Stopwatch.GetElapsedTime(0, seen.At), seen.IsActive,
            [.. seen.Edges.Select(edge => new SupplyEdge(edge.Sequence, edge.IsActive, Stopwatch.GetElapsedTime(0, edge.Timestamp)))]));
    }

    /// <inheritdoc/>
    public Task WaitAsync(SupplyPoint point, long sequence, TimeSpan atMost, CancellationToken cancellationToken) =>
        _sights[point].WaitAsync(sequence, atMost, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GpioSight sight in _sights.Values)
        {
            sight.Dispose();
        }
    }
}
