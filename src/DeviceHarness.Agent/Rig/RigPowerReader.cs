using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Agent.Rig;

/// <summary>Reads which feeds of a rig can be switched, and where its supply is seen.</summary>
internal static class RigPowerReader
{
    private const string ViaKey = "via";

    // A virtual relay needs no rest, a real one does: then the file says so.
    private static readonly TimeSpan MaximumRest = TimeSpan.FromHours(1);

    /// <summary>By what a feed is switched, or a supply seen; relays and inputs of a real bench come with their drivers.</summary>
    private static readonly Dictionary<string, LinkVia> Vias = new() { ["virtual"] = LinkVia.Virtual };

    private static readonly Dictionary<string, SupplyTerminal> Terminals =
        Enum.GetValues<SupplyTerminal>().ToDictionary(terminal => terminal.ToString().ToLowerInvariant());

    /// <summary>Reads it.</summary>
    /// <param name="node">The value of <c>power</c>; null when the file has none.</param>
    /// <param name="devices">The devices of the file.</param>
    /// <exception cref="ConfigurationException">A device is not there, is no virtual meter, or stands twice.</exception>
    public static RigPower Read(ConfigurationNode? node, IReadOnlyList<RigDevice> devices)
    {
        if (node is null)
        {
            return RigPower.None;
        }

        List<PowerFeed> feeds = [];
        ConfigurationNode? feedsNode = node.Find("feeds");
        foreach (string name in feedsNode?.Keys ?? [])
        {
            feeds.Add(ReadFeed(name, feedsNode!.Require(name), devices, feeds));
        }

        List<SupplyPoint> inputs = [];
        foreach (ConfigurationNode item in node.Find("sense")?.Items() ?? [])
        {
            _ = item.Require(ViaKey).AsOneOf(Vias);
            ConfigurationNode terminal = item.Require("terminal");
            SupplyPoint point = new(ReadDevice(item.Require("device"), devices), terminal.AsOneOf(Terminals));
            item.RejectOtherKeys();
            inputs.Add(inputs.Contains(point) ? throw terminal.Wrong($"a second input at {point}", "one input at a terminal") : point);
        }

        node.RejectOtherKeys();
        return new RigPower(feeds, inputs);
    }

    /// <summary>Reads whose cover switches the bench reaches.</summary>
    /// <param name="node">The value of <c>tamper</c>; null when the file has none.</param>
    /// <param name="devices">The devices of the file.</param>
    /// <exception cref="ConfigurationException">A device is not there, is no virtual meter, or stands twice.</exception>
    public static IReadOnlyList<DeviceId> ReadTampers(ConfigurationNode? node, IReadOnlyList<RigDevice> devices)
    {
        List<DeviceId> reached = [];
        foreach (ConfigurationNode item in node?.Items() ?? [])
        {
            _ = item.Require(ViaKey).AsOneOf(Vias);
            ConfigurationNode name = item.Require("device");
            DeviceId device = ReadDevice(name, devices);
            item.RejectOtherKeys();
            reached.Add(reached.Contains(device) ? throw name.Wrong($"'{device}' a second time", "each device once") : device);
        }

        return reached;
    }

    private static PowerFeed ReadFeed(
        string name, ConfigurationNode node, IReadOnlyList<RigDevice> devices, IReadOnlyList<PowerFeed> before)
    {
        _ = node.Require(ViaKey).AsOneOf(Vias);
        List<DeviceId> fed = [];
        ConfigurationNode list = node.Require("devices");
        foreach (ConfigurationNode item in list.Items())
        {
            DeviceId device = ReadDevice(item, devices);
            bool isTaken = fed.Contains(device) || before.Any(feed => feed.Devices.Contains(device));
            fed.Add(isTaken ? throw item.Wrong($"'{device}' a second time", "each device in one feed") : device);
        }

        PowerFeed feed = new(name, fed, ReadRest(node.Find("minimum-off")), ReadRest(node.Find("minimum-on")));
        node.RejectOtherKeys();
        return fed.Count > 0 ? feed : throw list.Wrong("no device", "at least one device");
    }

    private static TimeSpan ReadRest(ConfigurationNode? node) => node?.AsDuration(TimeSpan.Zero, MaximumRest) ?? TimeSpan.Zero;

    private static DeviceId ReadDevice(ConfigurationNode node, IReadOnlyList<RigDevice> devices)
    {
        string name = node.AsText();
        IEnumerable<RigDevice> meters = devices.Where(device =>
            device.DeviceType == DeviceProfile.Esme && device.Link.Via == LinkVia.Virtual);
        return meters.FirstOrDefault(device => device.Id.Value == name)?.Id
            ?? throw node.Wrong($"'{name}'", $"a virtual ESME of this file: {string.Join(", ", meters.Select(device => device.Id))}");
    }
}
