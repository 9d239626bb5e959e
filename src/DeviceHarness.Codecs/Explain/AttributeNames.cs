using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.Explain;

/// <summary>Names and scales the attributes of one global command.</summary>
internal sealed class AttributeNames
{
    private readonly Cluster _cluster;
    private readonly ZclSide _side;
    private MeterScale? _scale;

    private AttributeNames(Cluster cluster, ZclSide side)
    {
        _cluster = cluster;
        _side = side;
    }

    /// <summary>The names for a frame; null when there are none.</summary>
    public static AttributeNames? For(Cluster? cluster, in ZclHeader header)
    {
        if (cluster is null || header.Type != ZclFrameType.Global || header.ManufacturerCode is not null)
        {
            return null;
        }

        // A request is about the attributes of the side that gets it, an answer or a report about those of the side that sends it.
        bool isAnswer = (GlobalCommand)header.Command is GlobalCommand.ReadAttributesResponse or GlobalCommand.WriteAttributesResponse
            or GlobalCommand.ConfigureReportingResponse or GlobalCommand.ReadReportingConfigurationResponse
            or GlobalCommand.ReportAttributes or GlobalCommand.DiscoverAttributesResponse
            or GlobalCommand.WriteAttributesStructuredResponse or GlobalCommand.DiscoverAttributesExtendedResponse;
        ZclSide other = header.From == ZclSide.Server ? ZclSide.Client : ZclSide.Server;
        return new(cluster, isAnswer ? header.From : other);
    }

    /// <summary>Takes the attributes that scale others from the same message.</summary>
    public void Learn(MessageContent content)
    {
        bool isOfMeter = _cluster.Id == ClusterCatalogue.Metering.Id && _side == ZclSide.Server;
        _scale = isOfMeter && content.Fields.Any(field => field.Name == "attributes")
            ? MeterScale.From(GlobalCommands.Results(content))
            : null;
    }

    /// <summary>The number and name of an item's attribute; empty when it has none.</summary>
    public string Of(MessageContent item)
    {
        if (!IsThere(item, "attr") || !item.TryNumber("attr", out ulong id))
        {
            return "";
        }

        return $"attribute {id:X4} {AttributeOf(item)?.Name ?? "not known"}";
    }

    /// <summary>What the value's number means: words, its unit, or how it is scaled; empty when there is nothing to say.</summary>
    public string Scaled(MessageContent item)
    {
        if (AttributeOf(item) is not { } attribute || ValueOf(item) is not { IsInvalid: false } value
            || !value.View.TryGetInt64(out long number))
        {
            return "";
        }

        bool isBitmap = value.Type is >= ZclDataType.Bitmap8 and <= ZclDataType.Bitmap64;
        string words = ValueWords.Of(attribute.Words, (ulong)number, isBitmap);
        return attribute.Unit switch
        {
            _ when words.Length > 0 => $" {words}",
            "" => "",
            "summation" or "demand" when _scale is not null => $" = {_scale.Text(number, attribute.Unit == "demand")}",
            "summation" or "demand" => " (x multiplier 0301 / divisor 0302, unit 0300)",
            "price" => " (in the currency's unit, scaled by its trailing digit)",
            _ => $" {attribute.Unit}",
        };
    }

    private AttributeDefinition? AttributeOf(MessageContent item) =>
        IsThere(item, "attr") && item.TryNumber("attr", out ulong id) ? _cluster.Attribute(_side, (ushort)id) : null;

    private static ZclData? ValueOf(MessageContent item) => IsThere(item, "value") && item.Has("value") ? item.Value("value") : null;

    private static bool IsThere(MessageContent item, string name) => item.Fields.Any(field => field.Name == name);
}
