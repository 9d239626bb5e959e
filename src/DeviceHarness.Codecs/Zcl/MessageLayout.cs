using System.Buffers;

namespace DeviceHarness.Codecs.Zcl;

/// <summary>
/// The fields of a message, described once: the same description reads and writes global commands, cluster commands and ZDO messages.
/// </summary>
/// <remarks>
/// Trailing fields may be left out where the layout says so, and octets behind the last known field are kept. Immutable and thread safe.
/// </remarks>
public sealed class MessageLayout
{
    /// <summary>The most items that one message may have in all its groups.</summary>
    public const int MaximumItems = 4096;

    private const string Clause = "ZigBee Cluster Library, command payload";

    /// <summary>Makes a layout.</summary>
    /// <param name="text">The fields, in the text form of layouts.</param>
    /// <exception cref="FormatException">The text breaks the form.</exception>
    internal MessageLayout(ReadOnlySpan<char> text)
        : this(LayoutParser.Parse(text))
    {
    }

    private MessageLayout(IReadOnlyList<LayoutField> fields)
    {
        Fields = fields;
    }

    /// <summary>The fields, in their order on the wire.</summary>
    public IReadOnlyList<LayoutField> Fields { get; }

    /// <summary>A message without any field yet, to be filled and encoded.</summary>
    public MessageContent Create() => new(Fields, null);

    /// <summary>Decodes a message, which ends with its octets.</summary>
    /// <param name="payload">The octets, and nothing behind them.</param>
    /// <param name="content">The message, when done; otherwise what was read before the fault.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public OperationStatus Read(ReadOnlySpan<byte> payload, out MessageContent content, out CodecFault fault)
    {
        ZclReader reader = new(payload);
        content = Create();
        int budget = MaximumItems;
        if (TryRead(ref reader, content, ref budget))
        {
            content.TrailingOffset = reader.ConsumedOctets;
            content.Trailing = reader.ReadRest().ToArray();
        }

        return reader.Complete(out _, out fault);
    }

    /// <summary>Encodes a message.</summary>
    /// <param name="content">The message.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    /// <param name="level">The newest edition whose fields are sent.</param>
    /// <returns>Done, the target is too small, or InvalidData when a field that must be there is not.</returns>
    public static OperationStatus Write(
        MessageContent content, Span<byte> target, out int writtenOctets, ProfileLevel level = ProfileLevel.SmartEnergy12)
    {
        ArgumentNullException.ThrowIfNull(content);
        ZclWriter writer = new(target);
        Write(ref writer, content, level);
        writer.WriteOctets(content.Trailing.Span);
        return writer.Complete(out writtenOctets);
    }

    private static bool TryRead(scoped ref ZclReader reader, MessageContent content, ref int budget)
    {
        foreach (LayoutField field in content.Fields)
        {
            if (!field.IsThere(content))
            {
                continue;
            }

            if (field.IsOptional && reader.RemainingOctets == 0)
            {
                return true;
            }

            bool isRead = field.Kind == LayoutFieldKind.Group
                ? TryReadGroup(ref reader, field, content, ref budget)
                : TryReadField(ref reader, field, content);
            if (!isRead)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadField(scoped ref ZclReader reader, LayoutField field, MessageContent content)
    {
        int offset = reader.ConsumedOctets;
        ZclValue value;
        bool isRead;
        switch (field.Kind)
        {
            case LayoutFieldKind.Octets:
                int count = field.Count?.Of(content) ?? field.FixedOctets;
                count = count == LayoutField.AllOctets ? reader.RemainingOctets : count;
                isRead = reader.TryReadOctets(count, out ReadOnlySpan<byte> octets);
                value = new(ZclDataType.OctetString, octets, false);
                break;
            case LayoutFieldKind.TypedValue:
                isRead = reader.TryReadTypedValue(out value);
                break;
            case LayoutFieldKind.ReportableChange:
                ZclDataType type = (ZclDataType)content.NumberAround(field.TypeField);
                if (!type.IsAnalogue() && type.ContentOctets() != ZclDataTypeFacts.Unknown)
                {
                    return true;
                }

                isRead = reader.TryReadValue(type, out value);
                break;
            default:
                isRead = reader.TryReadValue(field.Type, out value);
                break;
        }

        if (isRead)
        {
            content.Put(field, value.ToData(), offset);
        }

        return isRead;
    }

    private static bool TryReadGroup(scoped ref ZclReader reader, LayoutField field, MessageContent content, ref int budget)
    {
        int count = field.Count?.Of(content) ?? int.MaxValue;
        content.Open(field, reader.ConsumedOctets);
        for (int index = 0; index < count && (field.Count is not null || reader.RemainingOctets > 0); index++)
        {
            if (--budget < 0)
            {
                return reader.Fail(new(CodecFaultKind.LimitExceeded, reader.ConsumedOctets, MaximumItems, MaximumItems + 1, Clause));
            }

            MessageContent item = content.Add(field.Name);
            item.Offset = reader.ConsumedOctets;
            if (!TryRead(ref reader, item, ref budget))
            {
                return false;
            }
        }

        return true;
    }

    private static void Write(scoped ref ZclWriter writer, MessageContent content, ProfileLevel level)
    {
        int last = content.LastPresent(level);
        for (int index = 0; index < content.Fields.Count && writer.Status == OperationStatus.Done; index++)
        {
            LayoutField field = content.Fields[index];
            if (field.IsOptional && (index > last || field.Level > level))
            {
                return;
            }

            if (field.IsThere(content))
            {
                WriteField(ref writer, field, content, level);
            }
        }
    }

    private static void WriteField(scoped ref ZclWriter writer, LayoutField field, MessageContent content, ProfileLevel level)
    {
        if (field.Kind == LayoutFieldKind.Group)
        {
            foreach (MessageContent item in content.Items(field.Name))
            {
                Write(ref writer, item, level);
            }

            return;
        }

        ZclData? value = content.ValueToSend(field);
        switch (field.Kind)
        {
            case LayoutFieldKind.ReportableChange when value is null:
                break;
            case LayoutFieldKind.Octets when value is null && field.FixedOctets == LayoutField.AllOctets:
                break;
            case var _ when value is null:
                writer.Fail();
                break;
            case LayoutFieldKind.Octets when value!.Octets.Length != ExpectedOctets(field, content, value):
                writer.Fail();
                break;
            case LayoutFieldKind.Octets:
                writer.WriteOctets(value!.Octets.Span);
                break;
            case LayoutFieldKind.TypedValue:
                writer.WriteTypedValue(value!.View);
                break;
            default:
                writer.WriteValue(value!.View);
                break;
        }
    }

    private static int ExpectedOctets(LayoutField field, MessageContent content, ZclData value) =>
        field.Count?.Of(content) ?? (field.FixedOctets == LayoutField.AllOctets ? value.Octets.Length : field.FixedOctets);
}
