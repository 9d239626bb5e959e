namespace DeviceHarness.Codecs.Zcl;

/// <summary>One field of a message's layout.</summary>
/// <remarks>Immutable and thread safe.</remarks>
public sealed class LayoutField
{
    internal const int AllOctets = -1;

    internal LayoutField(string name, LayoutFieldKind kind)
    {
        Name = name;
        Kind = kind;
    }

    /// <summary>The name, in lower case with underscores; unique among the fields of one item.</summary>
    public string Name { get; }

    /// <summary>What stands in the field's place.</summary>
    public LayoutFieldKind Kind { get; }

    /// <summary>The type of a value; octets are <see cref="ZclDataType.OctetString"/>, what names its own type is unknown.</summary>
    public ZclDataType Type { get; internal init; } = ZclDataType.Unknown;

    /// <summary>The fields of one item of a group; otherwise empty.</summary>
    public IReadOnlyList<LayoutField> Items { get; internal init; } = [];

    /// <summary>True when the message may end before this field, as earlier editions of it do.</summary>
    public bool IsOptional { get; internal init; }

    /// <summary>The edition that added the field.</summary>
    public ProfileLevel Level { get; internal init; } = ProfileLevel.SmartEnergy10;

    /// <summary>True for what is never shown, such as a password.</summary>
    public bool IsSecret { get; internal init; }

    /// <summary>The earlier field whose whole number says how many items or octets there are; null when none does.</summary>
    public string? CountedBy => Count is { Mask: uint.MaxValue } ? Count.Field : null;

    /// <summary>The number of octets, where the layout itself says it; otherwise null.</summary>
    public int? OctetCount => Kind == LayoutFieldKind.Octets && FixedOctets != AllOctets ? FixedOctets : null;

    /// <summary>Which list of words names the values; null when there is none.</summary>
    internal string? Words { get; init; }

    /// <summary>All must be met for the field to be there.</summary>
    internal IReadOnlyList<LayoutCondition> Conditions { get; init; } = [];

    /// <summary>How many items or octets; null for all that are left, or for a fixed number of octets.</summary>
    internal LayoutCount? Count { get; init; }

    /// <summary>A fixed number of octets, or <see cref="AllOctets"/>.</summary>
    internal int FixedOctets { get; init; } = AllOctets;

    /// <summary>Of a reportable change, the earlier field that names its type.</summary>
    internal string TypeField { get; init; } = "";

    /// <summary>True when the fields in front of it say that this field is there.</summary>
    /// <param name="content">The message, or the item of it, that has the field.</param>
    public bool IsThere(MessageContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        foreach (LayoutCondition condition in Conditions)
        {
            if (!condition.IsMet(content))
            {
                return false;
            }
        }

        return true;
    }
}
