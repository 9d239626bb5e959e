using DeviceHarness.Agent.Bench;
using DeviceHarness.Duis.Catalogue;

namespace DeviceHarness.Cli.Commands;

/// <summary>One line of <c>harness srv list</c>.</summary>
/// <param name="Srv">The service reference variant.</param>
/// <param name="Name">Its name.</param>
/// <param name="Critical">Whether it is critical.</param>
/// <param name="DeviceTypes">The device types that it fits.</param>
/// <param name="Roles">The User Roles that may send it.</param>
/// <param name="CommandVariants">The command variants of the catalogue.</param>
/// <param name="Driven">Whether this version drives it on devices.</param>
/// <param name="NotDrivenBecause">Why no device carries it out; empty when it is driven, or nothing but a driver is missing.</param>
internal sealed record SrvRow(
    string Srv, string Name, bool Critical, IReadOnlyList<string> DeviceTypes, IReadOnlyList<string> Roles,
    IReadOnlyList<int> CommandVariants, bool Driven, string NotDrivenBecause)
{
    private const string OfService = "the service answers it from its own data: no device is asked";

    /// <summary>The line of one catalogue entry.</summary>
    public static SrvRow Of(SrvEntry entry) => new(
        entry.Srv, entry.Name, entry.Criticality == SrvCriticality.Critical, entry.DeviceTypes, entry.UserRoles, entry.CommandVariants,
        IsDriven(entry), IsDriven(entry) || entry.Criticality != SrvCriticality.NonDevice ? entry.NotOnDevice : OfService);

    private static bool IsDriven(SrvEntry entry) => DriverCatalog.ServiceReferenceVariants.Contains(entry.Srv);
}
