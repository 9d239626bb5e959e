using DeviceHarness.Duis.Service;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Hub;
using DeviceHarness.Virtual.ZigBee;

namespace DeviceHarness.Agent.SelfTest;

/// <summary>Where a defect is planted.</summary>
public enum DefectPlace
{
    /// <summary>In the first electricity meter of the rig.</summary>
    Meter,

    /// <summary>In the first comms hub of the rig.</summary>
    Hub,

    /// <summary>In a device or hub on the radio of an adapter: the first that can have it.</summary>
    Radio,

    /// <summary>In the simulated DCC and S1SP, against requests to the rig's first device where it hits single requests.</summary>
    Service,
}

/// <summary>A switch that puts a known defect into a virtual bench.</summary>
/// <param name="Place">Where it is planted.</param>
/// <param name="Name">Its name, as command lines write it.</param>
public sealed record DefectSwitch(DefectPlace Place, string Name)
{
    private const string OfHub = "hub:";
    private const string OfRadio = "han:";

    /// <summary>Every switch of the virtual devices and of the simulated service: meters, hubs, devices on a radio, service, each by
    /// name.</summary>
    public static IReadOnlyList<DefectSwitch> All { get; } =
    [
        .. Named(DefectPlace.Meter, EsmeDefectNames.All.Keys),
        .. Named(DefectPlace.Hub, HubModel.DefectNames.Keys),
        .. Named(DefectPlace.Radio, HanDefectNames.All),
        .. Named(DefectPlace.Service, ServiceDefects.Names),
    ];

    /// <summary>Finds a switch by its text.</summary>
    /// <param name="text">The text, as <see cref="ToString"/> gives it.</param>
    /// <returns>The switch; null when there is none.</returns>
    public static DefectSwitch? Find(string text) => All.FirstOrDefault(known => known.ToString() == text);

    /// <summary>Its name; with <c>hub:</c> before it where it is planted in a hub, and <c>han:</c> where it is in a device on a radio:
    /// these have some of a meter's defects.</summary>
    public override string ToString() => Place switch
    {
        DefectPlace.Hub => OfHub + Name,
        DefectPlace.Radio => OfRadio + Name,
        _ => Name,
    };

    private static IEnumerable<DefectSwitch> Named(DefectPlace place, IEnumerable<string> names) =>
        names.Order(StringComparer.Ordinal).Select(name => new DefectSwitch(place, name));
}
