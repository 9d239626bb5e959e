using DeviceHarness.Transports.Gpio;

namespace DeviceHarness.Agent.Power;

/// <summary>What a line saw of a contact.</summary>
/// <param name="Source">Which run of the line it is from: after another start its changes are numbered anew.</param>
/// <param name="At">When it was looked at, in Stopwatch ticks.</param>
/// <param name="IsActive">Whether it was active then.</param>
/// <param name="Edges">The changes that are still known, oldest first; what bounces shorter than the line's debounce is not among
/// them.</param>
internal sealed record ContactSighting(string Source, long At, bool IsActive, IReadOnlyList<GpioEdge> Edges)
{
    /// <summary>The number of the last change; 0 before the first.</summary>
    public long LastSequence => Edges.Count == 0 ? 0 : Edges[^1].Sequence;
}
