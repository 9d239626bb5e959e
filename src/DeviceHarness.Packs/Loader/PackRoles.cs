using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Packs.Loader;

/// <summary>The device roles of a pack.</summary>
/// <param name="Needs">The roles that could be read, in file order.</param>
/// <param name="Broken">The roles that are declared wrongly: what is said of them is not looked at, since one fault is enough.</param>
internal sealed record PackRoles(IReadOnlyList<DeviceNeed> Needs, IReadOnlySet<string> Broken)
{
    /// <summary>The names of the pack's parameters.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>Finds a role that could be read.</summary>
    public DeviceNeed? Find(string role) => Needs.FirstOrDefault(need => need.Role == role);

    /// <summary>Reads a role that the pack declares.</summary>
    public string Read(ConfigurationNode node)
    {
        string role = node.AsText();
        return Find(role) is not null || Broken.Contains(role)
            ? role
            : throw node.Fault(PackFaults.UnknownDeviceRole, $"'{role}'", string.Join(", ", Needs.Select(need => need.Role)));
    }
}
