using System.Globalization;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.Explain;

/// <summary>Names and scales the attributes of one global command.</summary>
internal sealed class AttributeNames
{
    private const ushort UnitOfMeasure = 0x0300;
    private const ushort Multiplier = 0x0301;
    private const ushort Divisor = 0x0302;

    private readonly Cluster _cluster;
    private readonly ZclSide _side;
    private readonly Dictionary<ushort, ulong> _scale = [];

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
        if (_cluster.Id != ClusterCatalogue.Metering.Id || content.Fields is not [.., { Kind: LayoutFieldKind.Group } group])
        {
            return;
        }

        foreach (MessageContent item in content.Items(group.Name))
        {
            if (AttributeOf(item) is { Id: UnitOfMeasure or Multiplier or Divisor } attribute && ValueOf(item) is { IsInvalid: false } value
                && value.View.TryGetUInt64(out ulong number))
            {
                _scale[attribute.Id] = number;
            }
        }
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
            "summation" or "demand" => ScaledNumber(number, attribute.Unit),
            "price" => " (in the currency's unit, scaled by its trailing digit)",
            _ => $" {attribute.Unit}",
        };
    }

    private string ScaledNumber(long number, string kind)
    {
        if (!_scale.TryGetValue(Multiplier, out ulong multiplier) || !_scale.TryGetValue(Divisor, out ulong divisor) || divisor == 0)
        {
            return " (x multiplier 0301 / divisor 0302, unit 0300)";
        }

        string unit = _scale.TryGetValue(UnitOfMeasure, out ulong code) ? ValueWords.Of("unit", code, false) : "";
        string scaled = ((decimal)number * multiplier / divisor).ToString("0.############", CultureInfo.InvariantCulture);
        string shown = kind == "demand" ? unit switch { "kWh" => "kW", "m3" => "m3/h", _ => unit } : unit;
        return $" = {scaled} {shown}".TrimEnd();
    }

    private AttributeDefinition? AttributeOf(MessageContent item) =>
        IsThere(item, "attr") && item.TryNumber("attr", out ulong id) ? _cluster.Attribute(_side, (ushort)id) : null;

    private static ZclData? ValueOf(MessageContent item) => IsThere(item, "value") && item.Has("value") ? item.Value("value") : null;

    private static bool IsThere(MessageContent item, string name) => item.Fields.Any(field => field.Name == name);
}
