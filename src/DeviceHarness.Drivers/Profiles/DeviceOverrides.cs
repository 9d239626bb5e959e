using DeviceHarness.Abstractions.Configuration;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>What a rig file may set for one device in place of its profile's value.</summary>
/// <param name="ResponseTimeout">How long an answer may take; null keeps the profile's.</param>
/// <param name="Retries">How often the link tries again; null keeps the profile's.</param>
public sealed record DeviceOverrides(TimeSpan? ResponseTimeout, int? Retries)
{
    /// <summary>How the association is secured, whole; null keeps the profile's.</summary>
    public AssociationProfile? Association { get; init; }

    /// <summary>Nothing is overridden.</summary>
    public static DeviceOverrides None { get; } = new(null, null);

    /// <summary>Reads the mapping <c>overrides</c> of a device in a rig file.</summary>
    /// <param name="node">The mapping, or null when the device has none.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">A key or value is not allowed.</exception>
    public static DeviceOverrides Read(ConfigurationNode? node)
    {
        if (node is null)
        {
            return None;
        }

        TimeSpan? timeout = node.Find("response-timeout")
            ?.AsDuration(DeviceProfile.MinimumResponseTimeout, DeviceProfile.MaximumResponseTimeout);
        int? retries = (int?)node.Find("retries")?.AsInteger(0, DeviceProfile.MaximumRetries);
        ConfigurationNode? association = node.Find("association");
        DeviceOverrides overrides = new(timeout, retries)
        {
            Association = association is null ? null : AssociationProfileReader.Read(association),
        };
        association?.RejectOtherKeys();
        node.RejectOtherKeys();
        return overrides;
    }
}
