using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Abstractions.Power;

/// <summary>Switches the supply of a bench's devices. Safe for use from any thread.</summary>
/// <remarks>That a contact was told to move is no proof that it moved: <see cref="ISupplySense"/> is. A contact that cannot be told is a
/// <see cref="Errors.TransportException"/>, the bench's fault and never the device's.</remarks>
public interface IPowerPort
{
    /// <summary>The feed of a device.</summary>
    /// <param name="device">The device, by its name in the rig file.</param>
    /// <returns>Null when the bench cannot switch its supply.</returns>
    PowerFeed? FeedOf(DeviceId device);

    /// <summary>Switches the feed of a device; waits first until it was off or on for as long as it has to be. Nothing happens when it is
    /// so already.</summary>
    /// <param name="device">A device that has a feed.</param>
    /// <param name="isOn">Whether the supply is to be there.</param>
    /// <param name="cancellationToken">Ends the wait; nothing was switched then.</param>
    /// <exception cref="Errors.TransportException">The contact is missing or broken; where it stands is not known.</exception>
    Task SwitchAsync(DeviceId device, bool isOn, CancellationToken cancellationToken);
}
