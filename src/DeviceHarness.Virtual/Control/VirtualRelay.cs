using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Control;

/// <summary>The contact between the virtual mains and a meter. Safe for use from any thread.</summary>
/// <remarks>On when it is made, as a normally-closed contact is.</remarks>
/// <param name="meter">The meter that it feeds.</param>
public sealed class VirtualRelay(VirtualEsme meter)
{
    private readonly Lock _gate = new();
    private bool _isOn = true;

    /// <summary>Whether the contact is stuck: it takes what it is told and does not move.</summary>
    public bool IsStuck { get; set; }

    /// <summary>Tells the contact where to stand; nothing happens when it stands there.</summary>
    /// <param name="isOn">Whether the meter is to have its supply.</param>
    public void Set(bool isOn)
    {
        lock (_gate)
        {
            if (_isOn == isOn || IsStuck)
            {
                return;
            }

            _isOn = isOn;
            if (isOn)
            {
                meter.PowerOn();
            }
            else
            {
                meter.PowerOff();
            }
        }
    }
}
