using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Packs.Runner;

/// <summary>Looks at the supply of an attempt's devices from its beginning on. Used by one attempt, one step at a time.</summary>
/// <remarks>An input that started anew, or lost changes, proves nothing any more: that is the bench's fault.</remarks>
public sealed class SupplyWatch
{
    private readonly ISupplySense? _sense;
    private readonly Dictionary<SupplyPoint, SupplyReading> _first = [];

    internal SupplyWatch(ISupplySense? sense) => _sense = sense;

    /// <summary>Whether the attempt looks at a point.</summary>
    /// <param name="point">The point.</param>
    public bool IsWatched(SupplyPoint point) => _first.ContainsKey(point);

    /// <summary>Begins to look; points without an input are left out.</summary>
    /// <param name="points">The points.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TransportException">An input is broken.</exception>
    public async Task BeginAsync(IEnumerable<SupplyPoint> points, CancellationToken cancellationToken)
    {
        foreach (SupplyPoint point in points.Distinct().Where(point => _sense?.Has(point) == true))
        {
            _first[point] = await _sense!.ReadAsync(point, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>From now on only what comes is looked at.</summary>
    /// <param name="seen">What was seen of a point until now.</param>
    public void BeginAnew(SupplyObservation seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        _first[seen.Point] = seen.Now;
    }

    /// <summary>What happened at a point so far.</summary>
    /// <param name="point">A point that is watched.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TransportException">The input is broken, started anew, or lost changes.</exception>
    public async Task<SupplyObservation> ObserveAsync(SupplyPoint point, CancellationToken cancellationToken)
    {
        SupplyReading first = _first[point];
        SupplyReading now = await _sense!.ReadAsync(point, cancellationToken).ConfigureAwait(false);
        if (now.Source != first.Source)
        {
            throw new TransportException(
                "SENSE-001", $"the supply-sense input at {point} started anew during the attempt: what it saw before is lost",
                point.ToString());
        }

        SupplyEdge[] edges = [.. now.Edges.Where(edge => edge.Sequence > first.LastSequence)];
        bool isWhole = edges.Select((edge, index) => edge.Sequence == first.LastSequence + index + 1).All(isNext => isNext)
            && now.LastSequence >= first.LastSequence;
        return isWhole
            ? new SupplyObservation(point, first.At, first.IsPresent, now, edges)
            : throw new TransportException(
                "SENSE-002", $"the supply-sense input at {point} lost changes: it saw more than it remembers", point.ToString());
    }

    /// <summary>Waits until an input saw more, or for some time.</summary>
    /// <param name="seen">What it saw.</param>
    /// <param name="atMost">How long to wait at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TransportException">The input is broken.</exception>
    public Task WaitAsync(SupplyObservation seen, TimeSpan atMost, CancellationToken cancellationToken) =>
        _sense!.WaitAsync(seen.Point, seen.Now.LastSequence, atMost, cancellationToken);
}
