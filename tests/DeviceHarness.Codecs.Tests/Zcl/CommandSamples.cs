using System.Text;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.Tests.Zcl;

/// <summary>A message of every layout, with a plausible value in every field.</summary>
internal static class CommandSamples
{
    private const int ItemsOfAGroup = 2;

    /// <summary>Sets every field that has not been set.</summary>
    public static MessageContent Fill(MessageContent content, int seed = 1)
    {
        int number = seed;
        foreach (LayoutField field in content.Fields)
        {
            number++;
            if (!field.IsThere(content))
            {
                continue;
            }

            switch (field.Kind)
            {
                case LayoutFieldKind.Group:
                    for (int item = 0; item < ItemsOfAGroup; item++)
                    {
                        Fill(content.Add(field.Name), number + item);
                    }

                    break;
                case LayoutFieldKind.TypedValue or LayoutFieldKind.ReportableChange:
                    content.Set(field.Name, ZclData.Unsigned(ZclDataType.Unsigned16, (ulong)number));
                    break;
                case LayoutFieldKind.Octets when field.OctetCount is { } octets:
                    content.Set(field.Name, new byte[octets]);
                    break;
                default:
                    if (!content.Has(field.Name) && !IsCount(content, field))
                    {
                        content.Set(field.Name, Value(field, number));
                    }

                    break;
            }
        }

        return content;
    }

    private static bool IsCount(MessageContent content, LayoutField field) =>
        content.Fields.Any(other => other.CountedBy == field.Name);

    private static ZclData Value(LayoutField field, int number) => field.Type switch
    {
        _ when field.Name.EndsWith("and_count", StringComparison.Ordinal) => ZclData.Unsigned(field.Type, 0x12),
        _ when field.Name is "log_payload_control" => ZclData.Unsigned(field.Type, 0x20),
        _ when field.Name is "suite" => ZclData.Unsigned(field.Type, 1),
        _ when field.Name is "notification_scheme" => ZclData.Unsigned(field.Type, 0x81),
        _ when field.Name is "status" or "message_control" => ZclData.Unsigned(field.Type, 0),
        _ when field.Name is "payload_type" or "field_control" => ZclData.Unsigned(field.Type, 3),
        _ when field.Name is "type" => ZclData.Unsigned(field.Type, (byte)ZclDataType.Unsigned16),
        _ when field.Name is "direction" => ZclData.Unsigned(field.Type, 0),
        _ when field.Name is "destination_mode" => ZclData.Unsigned(field.Type, 3),
        _ when field.Name is "indicator" => ZclData.Unsigned(field.Type, ItemsOfAGroup),
        _ => Value(field.Type, number),
    };

    /// <summary>A plausible value of a type.</summary>
    public static ZclData Value(ZclDataType type, int number) => type switch
    {
        ZclDataType.OctetString => ZclData.OctetString(Encoding.ASCII.GetBytes($"octets {number}")),
        ZclDataType.CharacterString => ZclData.CharacterString($"text {number}"),
        ZclDataType.Date => ZclData.Fixed(ZclDataType.Date, [126, 11, 23, 1]),
        ZclDataType.Boolean => ZclData.Boolean(true),
        ZclDataType.UtcTime => ZclData.Unsigned(type, 848_000_000),
        _ when type.IsSigned() => ZclData.Signed(type, -number),
        _ => ZclData.Unsigned(type, (ulong)number),
    };
}
