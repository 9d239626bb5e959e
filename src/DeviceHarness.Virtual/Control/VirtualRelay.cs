using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Control;

/// <summary>The contact between the virtual mains and a meter, those of relay boards in series with it, and the isolator before them. Safe
/// for use from any thread.</summary>
/// <remarks>On when it is made, as a normally-closed contact is.</remarks>
/// <param name="meter">The meter that it feeds.</param>
public sealed class VirtualRelay(VirtualEsme meter)
{
    private readonly Lock _gate = new();
    private readonly HashSet<object> _openInSeries = [];
    private bool _isClosed = true;
    private bool _isIsolated;
    private bool _isFed = true;

    /// <summary>Whether the contact is stuck: it takes what it is told and does not move.</summary>
    public bool IsStuck { get; set; }

    /// <summary>Tells the contact where to stand; nothing happens when it stands there.</summary>
    /// <param name="isOn">Whether the meter is to have its supply.</param>
    public void Set(bool isOn)
    {
        lock (_gate)
        {
            _isClosed = IsStuck ? _isClosed : isOn;
            Feed();
        }
    }

    /// <summary>Moves another contact in the same path: the meter has its supply while all of them are closed.</summary>
    /// <param name="contact">Which; the same object each time.</param>
    /// <param name="isClosed">Whether it is closed, as it is taken to be before it is first moved.</param>
    public void SetInSeries(object contact, bool isClosed)
    {
        lock (_gate)
        {
            _ = isClosed ? _openInSeries.Remove(contact) : _openInSeries.Add(contact);
            Feed();
        }
    }

    /// <summary>Opens or closes the isolator of the bench, which no relay can bridge.</summary>
    /// <param name="isIsolated">Whether the bench is without mains.</param>
    public void Isolate(bool isIsolated)
    {
        lock (_gate)
        {
            _isIsolated = isIsolated;
            Feed();
        }
    }

    private void Feed()
    {
        bool isFed = _isClosed && _openInSeries.Count == 0 && !_isIsolated;
        if (_isFed == isFed)
        {
            return;
        }

        _isFed = isFed;
        if (isFed)
        {
            meter.PowerOn();
        }
        else
        {
            meter.PowerOff();
        }
    }
}
