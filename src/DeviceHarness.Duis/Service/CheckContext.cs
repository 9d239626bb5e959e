using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;

namespace DeviceHarness.Duis.Service;

/// <summary>Everything that a check may look at.</summary>
/// <param name="Request">The request.</param>
/// <param name="Entry">Its variant in the catalogue.</param>
/// <param name="Path">The service that it came to.</param>
/// <param name="Device">The target in the inventory; null when it is not there.</param>
/// <param name="UserRoles">The originator's roles; empty when the service does not know it.</param>
/// <param name="CommandVariants">The rules for command variants and services that hold for the target.</param>
/// <param name="DeviceStatus">The rules for the target's status.</param>
/// <param name="LastCounter">The last counter that was accepted from this originator for this target; null when there was none.</param>
public sealed record CheckContext(
    DuisRequest Request,
    SrvEntry Entry,
    ServicePath Path,
    InventoryDevice? Device,
    IReadOnlyList<string> UserRoles,
    CommandVariantRules CommandVariants,
    DeviceStatusRules DeviceStatus,
    ulong? LastCounter)
{
    /// <summary>The rules for who takes firmware and tells its version.</summary>
    public FirmwareUpdateRules FirmwareUpdates { get; init; } = FirmwareUpdateRules.Moc;

    /// <summary>Whether registration is asked for critical requests to later devices too: a defect.</summary>
    public bool AsksRegistrationAlways { get; init; }

    /// <summary>The devices that the request is about: the target, or those that 11.1 names and the inventory holds.</summary>
    public IReadOnlyList<InventoryDevice> Subjects { get; init; } = [];

    /// <summary>The Central Products List; null when the service has none.</summary>
    public CertifiedProductsList? ProductsList { get; init; }

    /// <summary>Whether the DCC itself upgrades meters that nobody calls dormant: a defect.</summary>
    public bool AsksNoDormancy { get; init; }

    /// <summary>The time at which the request came.</summary>
    public DateTimeOffset Now { get; init; }
}
