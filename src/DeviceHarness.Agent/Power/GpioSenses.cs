using System.Diagnostics;
using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Transports.Gpio;

namespace DeviceHarness.Agent.Power;

/// <summary>Inputs at GPIO lines that see supplies; the kernel stamps each change.</summary>
internal sealed class GpioSenses : ISupplySense, IDisposable
{
    private static readonly TimeSpan UntilAnotherLook = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly IReadOnlyDictionary<SupplyPoint, GpioLineSettings> _lines;
    private readonly Dictionary<SupplyPoint, Opened> _opened = [];
    private int _openings;

    /// <summary>Takes no line before it is first asked for, and none is lost on the way: changes before that are of no case.</summary>
    public GpioSenses(IReadOnlyDictionary<SupplyPoint, GpioLineSettings> lines) => _lines = lines;

    /// <inheritdoc/>
    public bool Has(SupplyPoint point) => _lines.ContainsKey(point);

    /// <inheritdoc/>
    public Task<SupplyReading> ReadAsync(SupplyPoint point, CancellationToken cancellationToken) =>
        Task.FromResult(Through(point, opened => new SupplyReading(
            opened.Source, Stopwatch.GetElapsedTime(0), opened.Input.Get(),
            [.. opened.Input.Edges().Select(edge => new SupplyEdge(
                edge.Sequence, edge.IsActive, Stopwatch.GetElapsedTime(0, edge.Timestamp)))])));

    /// <inheritdoc/>
    public async Task WaitAsync(SupplyPoint point, long sequence, TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task edge = Through(point, opened => opened.Input.WaitForEdgeAsync(sequence, cancellationToken));
        TimeSpan wait = atMost < UntilAnotherLook ? atMost : UntilAnotherLook;
        await edge.WaitAsync(wait, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (Opened opened in _opened.Values)
            {
                opened.Input.Dispose();
            }

            _opened.Clear();
        }
    }

    private T Through<T>(SupplyPoint point, Func<Opened, T> use)
    {
        lock (_gate)
        {
            if (!_opened.TryGetValue(point, out Opened? opened))
            {
                string source = string.Create(CultureInfo.InvariantCulture, $"gpio {Environment.ProcessId} {++_openings}");
                opened = _opened[point] = new Opened(source, GpioInput.Open(_lines[point]));
            }

            try
            {
                return use(opened);
            }
            catch (TransportException)
            {
                // A board that comes back counts its changes anew: another source.
                opened.Input.Dispose();
                _opened.Remove(point);
                throw;
            }
        }
    }

    private sealed record Opened(string Source, GpioInput Input);
}
