namespace DeviceHarness.Codecs.Zcl;

/// <summary>The fields of the commands that every cluster has.</summary>
/// <remarks>
/// Spec: ZigBee Cluster Library, general command frames, as this harness's ZigBee guide sums them up. A response to writes of which all
/// succeeded is one status.
/// </remarks>
public static class GlobalCommands
{
    private const string Definitions = """
        00 Read Attributes: attributes{attr u16}*
        01 Read Attributes Response: attributes{attr u16, status e8(status), [status=0] value typed}*
        02 Write Attributes: attributes{attr u16, value typed}*
        03 Write Attributes Undivided: attributes{attr u16, value typed}*
        04 Write Attributes Response: attributes{status e8(status), [status!0] attr u16}*
        05 Write Attributes No Response: attributes{attr u16, value typed}*
        06 Configure Reporting: attributes{direction e8(reporting), attr u16, [direction=0] type e8(type), [direction=0] min_interval u16,
         [direction=0] max_interval u16, [direction=0] reportable_change change type, [direction=1] timeout u16}*
        07 Configure Reporting Response: attributes{status e8(status), ? direction e8(reporting), attr u16}*
        08 Read Reporting Configuration: attributes{direction e8(reporting), attr u16}*
        09 Read Reporting Configuration Response: attributes{status e8(status), direction e8(reporting), attr u16,
         [status=0+direction=0] type e8(type), [status=0+direction=0] min_interval u16, [status=0+direction=0] max_interval u16,
         [status=0+direction=0] reportable_change change type, [status=0+direction=1] timeout u16}*
        0A Report Attributes: attributes{attr u16, value typed}*
        0B Default Response: command u8, status e8(status)
        0C Discover Attributes: start_attr u16, max u8
        0D Discover Attributes Response: complete bool, attributes{attr u16, type e8(type)}*
        0E Read Attributes Structured: attributes{attr u16, indicator b8, selector{index u16}*indicator.low}*
        0F Write Attributes Structured: attributes{attr u16, indicator b8, selector{index u16}*indicator.low, value typed}*
        10 Write Attributes Structured Response: attributes{status e8(status), ? attr u16, indicator b8,
         selector{index u16}*indicator.low}*
        11 Discover Commands Received: start_command u8, max u8
        12 Discover Commands Received Response: complete bool, commands{command u8}*
        13 Discover Commands Generated: start_command u8, max u8
        14 Discover Commands Generated Response: complete bool, commands{command u8}*
        15 Discover Attributes Extended: start_attr u16, max u8
        16 Discover Attributes Extended Response: complete bool, attributes{attr u16, type e8(type), access b8(access)}*
        """;

    /// <summary>All commands, by their number.</summary>
    public static IReadOnlyList<CommandDefinition> All { get; } = [.. CommandDefinition.Parse(Definitions)];

    /// <summary>The definition of a command; null for a number that none has.</summary>
    /// <param name="command">The number.</param>
    public static CommandDefinition? Find(byte command) => command < All.Count ? All[command] : null;

    /// <summary>A command without any field yet.</summary>
    /// <param name="command">The command.</param>
    public static MessageContent Create(GlobalCommand command) => All[(byte)command].Layout.Create();

    /// <summary>A request to read attributes.</summary>
    /// <param name="attributes">Their numbers.</param>
    public static MessageContent Read(params ReadOnlySpan<ushort> attributes)
    {
        MessageContent content = Create(GlobalCommand.ReadAttributes);
        foreach (ushort attribute in attributes)
        {
            content.Add("attributes").Set("attr", attribute);
        }

        return content;
    }

    /// <summary>A default response.</summary>
    /// <param name="command">The command that it answers.</param>
    /// <param name="status">How it went.</param>
    public static MessageContent Default(byte command, ZclStatus status) =>
        Create(GlobalCommand.DefaultResponse).Set("command", command).Set("status", (byte)status);

    /// <summary>An answer to a read, a write or a report: one record for each attribute.</summary>
    /// <param name="command">ReadAttributesResponse, or a command that carries values: writes and reports.</param>
    /// <param name="attributes">The attributes; of a write or a report each has a value.</param>
    public static MessageContent Values(GlobalCommand command, IEnumerable<AttributeResult> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        MessageContent content = Create(command);
        foreach (AttributeResult attribute in attributes)
        {
            MessageContent item = content.Add("attributes").Set("attr", attribute.Attribute);
            if (command == GlobalCommand.ReadAttributesResponse)
            {
                item.Set("status", (byte)attribute.Status);
            }

            if (attribute.Value is { } value)
            {
                item.Set("value", value);
            }
        }

        return content;
    }

    /// <summary>What a message says about attributes: a read response, a write or its response, a report.</summary>
    /// <param name="content">The message.</param>
    /// <returns>One record for each attribute; none for a response to writes that all succeeded.</returns>
    public static IReadOnlyList<AttributeResult> Results(MessageContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        List<AttributeResult> results = [];
        foreach (MessageContent item in content.Items("attributes"))
        {
            ulong status = 0;
            _ = item.Fields.Any(field => field.Name == "status") && item.TryNumber("status", out status);
            if (item.TryNumber("attr", out ulong attribute))
            {
                bool hasValue = item.Fields.Any(field => field.Name == "value") && item.Has("value");
                results.Add(new((ushort)attribute, (ZclStatus)status, hasValue ? item.Value("value") : null));
            }
        }

        return results;
    }
}
