using System.Globalization;

namespace DeviceHarness.Virtual.Control;

/// <summary>The emergency stop of a virtual bench, and the button by which a person lets it be switched on again. Safe for use from any
/// thread.</summary>
/// <param name="relays">The relays behind it.</param>
internal sealed class VirtualIsolator(IReadOnlyCollection<VirtualRelay> relays)
{
    private readonly Lock _gate = new();
    private bool _isIsolated;
    private int _isolations;
    private int _pressesSince;

    /// <summary>Presses or pulls the emergency stop.</summary>
    /// <param name="isIsolated">Whether the bench is without mains.</param>
    internal void Isolate(bool isIsolated)
    {
        lock (_gate)
        {
            _isolations += isIsolated && !_isIsolated ? 1 : 0;
            _pressesSince = 0;
            _isIsolated = isIsolated;
            foreach (VirtualRelay relay in relays)
            {
                relay.Isolate(isIsolated);
            }
        }
    }

    /// <summary>Presses the button.</summary>
    internal void Press()
    {
        lock (_gate)
        {
            _pressesSince++;
        }
    }

    /// <summary>What the lines show: whether the bench is isolated, how often it was, and how often the button was pressed since the stop
    /// was last moved.</summary>
    internal string Tell()
    {
        lock (_gate)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"{(_isIsolated ? "isolated" : "free")} {_isolations} {_pressesSince}");
        }
    }
}
