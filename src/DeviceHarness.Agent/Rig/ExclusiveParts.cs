using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Agent.Rig;

/// <summary>What an execution holds for itself besides its devices: the ports and adapters that they are reached by, the feeds that switch
/// their supply, and the supply that one device gets from another.</summary>
internal static class ExclusiveParts
{
    /// <summary>The parts of a rig that some of its devices depend on: two sets of devices that share none do not touch each
    /// other.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="devices">The devices.</param>
    public static IReadOnlySet<string> Of(RigConfiguration rig, IEnumerable<DeviceId> devices)
    {
        HashSet<string> parts = new(StringComparer.Ordinal);
        foreach (RigDevice device in rig.Devices.Where(device => devices.Contains(device.Id)))
        {
            parts.Add($"device {device.Id}");
            parts.Add(device.Link switch
            {
                { Hub: { } hub } => $"device {hub}",
                { Adapter.Length: > 0 } link => $"adapter {link.Adapter}",
                { Port.Length: > 0 } link => $"port {link.Port}",
                _ => $"device {device.Id}",
            });
            foreach (RigFeed feed in rig.Power.Feeds.Where(feed => feed.Feed.Devices.Contains(device.Id)))
            {
                parts.Add($"feed {feed.Feed.Name}");
            }

            // Who cuts a meter's supply cuts that of the hub on it.
            parts.Add($"supply {device.SuppliedBy ?? device.Id}");
            if (device.Link.Hub is { } owner && rig.Devices.FirstOrDefault(other => other.Id == owner) is { SuppliedBy: { } meter })
            {
                parts.Add($"supply {meter}");
            }
        }

        return parts;
    }
}
