using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.SmartEnergy;

/// <summary>A cluster with its commands and attributes.</summary>
/// <remarks>Immutable and thread safe; the attributes are read from their description when they are first asked for.</remarks>
public sealed class Cluster
{
    private readonly Dictionary<(ZclSide From, byte Id), ClusterCommand> _commands = [];
    private readonly Lazy<Dictionary<(ZclSide Side, ushort Id), AttributeDefinition>> _attributes;

    internal Cluster(ushort id, string name, bool needsLinkKey, ClusterText text)
    {
        Id = id;
        Name = name;
        NeedsLinkKey = needsLinkKey;
        Add(ZclSide.Server, text.FromServer);
        Add(ZclSide.Client, text.FromClient);
        _attributes = new(() => AttributeDefinition.Parse(id, ZclSide.Server, text.ServerAttributes)
            .Concat(AttributeDefinition.Parse(id, ZclSide.Client, text.ClientAttributes))
            .ToDictionary(attribute => (attribute.Side, attribute.Id)));
    }

    /// <summary>The number.</summary>
    public ushort Id { get; }

    /// <summary>The standard's name, such as <c>Metering</c>.</summary>
    public string Name { get; }

    /// <summary>True when its messages are protected by a link key in the APS layer, not by the network key alone.</summary>
    /// <remarks>Spec: ZigBee Smart Energy profile, cluster security, as this harness's ZigBee guide sums it up.</remarks>
    public bool NeedsLinkKey { get; }

    /// <summary>Its commands.</summary>
    public IEnumerable<ClusterCommand> Commands => _commands.Values;

    /// <summary>Its attributes.</summary>
    public IEnumerable<AttributeDefinition> Attributes => _attributes.Value.Values;

    /// <summary>A command; null for a number that is not known.</summary>
    /// <param name="from">The side that sends it.</param>
    /// <param name="id">The number.</param>
    public ClusterCommand? Command(ZclSide from, byte id) => _commands.GetValueOrDefault((from, id));

    /// <summary>A command by its name.</summary>
    /// <param name="name">The standard's name, such as <c>PublishPrice</c>.</param>
    /// <param name="from">The side that sends it.</param>
    /// <exception cref="ArgumentException">There is no such command.</exception>
    public ClusterCommand Command(string name, ZclSide from) =>
        _commands.Values.FirstOrDefault(command => command.Name == name && command.From == from)
        ?? throw new ArgumentException($"{Name} has no command '{name}' from its {from}", nameof(name));

    /// <summary>An attribute; null for a number that is not known.</summary>
    /// <param name="side">The side that holds it.</param>
    /// <param name="id">The number.</param>
    public AttributeDefinition? Attribute(ZclSide side, ushort id) => _attributes.Value.GetValueOrDefault((side, id));

    private void Add(ZclSide from, string text)
    {
        foreach (CommandDefinition definition in CommandDefinition.Parse(text))
        {
            _commands.Add((from, (byte)definition.Id), new(Id, from, definition));
        }
    }
}
