using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Abstractions.Power;

/// <summary>Presses buttons of devices, by contacts of the bench in the place of a finger. Safe for use from any thread.</summary>
/// <remarks>A button that was not pressed is a <see cref="Errors.TransportException"/>, the bench's fault and never the
/// device's.</remarks>
public interface IButtonPort
{
    /// <summary>Whether the bench reaches a button.</summary>
    /// <param name="device">The device, by its name in the rig file.</param>
    /// <param name="button">The button, by its name there.</param>
    bool Has(DeviceId device, string button);

    /// <summary>Presses a button, and lets it go however this ends.</summary>
    /// <param name="device">The device.</param>
    /// <param name="button">A button that the bench reaches.</param>
    /// <param name="hold">How long it is held down, on real time.</param>
    /// <param name="cancellationToken">Ends the wait; the button is let go all the same.</param>
    /// <returns>What its contact did, in order.</returns>
    /// <exception cref="Errors.TransportException">It was not pressed or not let go: the contact is missing, stuck or
    /// broken.</exception>
    Task<IReadOnlyList<ContactMove>> PressAsync(
        DeviceId device, string button, TimeSpan hold, CancellationToken cancellationToken);
}
