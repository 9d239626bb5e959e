using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Abstractions.Power;

/// <summary>Opens and closes what a meter sees of being opened: its cover switches, by contacts of the bench. Safe for use from any
/// thread.</summary>
/// <remarks>A switch that cannot be told is a <see cref="Errors.TransportException"/>, the bench's fault and never the device's.</remarks>
public interface ITamperPort
{
    /// <summary>Whether the bench reaches a cover switch of a device.</summary>
    /// <param name="device">The device, by its name in the rig file.</param>
    /// <param name="cover">The cover.</param>
    bool Has(DeviceId device, MeterCover cover);

    /// <summary>Moves a cover switch.</summary>
    /// <param name="device">A device whose switches the bench reaches.</param>
    /// <param name="cover">The cover.</param>
    /// <param name="isOpen">Whether the cover is off.</param>
    /// <param name="cancellationToken">Ends the wait; where the switch stands is not known then.</param>
    /// <returns>What its contact did.</returns>
    /// <exception cref="Errors.TransportException">The switch is missing, stuck or broken.</exception>
    Task<ContactMove> SetAsync(DeviceId device, MeterCover cover, bool isOpen, CancellationToken cancellationToken);
}
