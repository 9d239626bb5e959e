using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Drivers.Han;

/// <summary>Serves the attributes of a cluster to whoever reads them; nobody may write them.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="attributes">Every attribute with what tells its value at the moment.</param>
internal sealed class AttributeServer(ushort cluster, IReadOnlyDictionary<ushort, Func<ZclData>> attributes) : IHanServer
{
    /// <inheritdoc/>
    public ushort Cluster => cluster;

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Take(HanMessage message)
    {
        ZclHeader header = message.Header;
        if (header is not { Type: ZclFrameType.Global, From: ZclSide.Client, ManufacturerCode: null } || message.Content is not { } content)
        {
            return null;
        }

        return (GlobalCommand)header.Command switch
        {
            GlobalCommand.ReadAttributes => [Answer(header, GlobalCommand.ReadAttributesResponse, Read(content))],
            GlobalCommand.WriteAttributes or GlobalCommand.WriteAttributesUndivided =>
                [Answer(header, GlobalCommand.WriteAttributesResponse, Refuse(content))],
            GlobalCommand.DiscoverAttributes => [Answer(header, GlobalCommand.DiscoverAttributesResponse, Discover(content))],
            _ => null,
        };
    }

    private static ReadOnlyMemory<byte> Answer(ZclHeader header, GlobalCommand command, MessageContent content) =>
        ZclFrame.Compose(header.Answer(ZclFrameType.Global, (byte)command), content);

    private MessageContent Read(MessageContent request) => GlobalCommands.Values(
        GlobalCommand.ReadAttributesResponse,
        GlobalCommands.Results(request).Select(asked => attributes.TryGetValue(asked.Attribute, out Func<ZclData>? value)
            ? new AttributeResult(asked.Attribute, value())
            : new AttributeResult(asked.Attribute, ZclStatus.UnsupportedAttribute, null)));

    private MessageContent Refuse(MessageContent request)
    {
        MessageContent answer = GlobalCommands.Create(GlobalCommand.WriteAttributesResponse);
        foreach (AttributeResult asked in GlobalCommands.Results(request))
        {
            ZclStatus status = attributes.ContainsKey(asked.Attribute) ? ZclStatus.ReadOnly : ZclStatus.UnsupportedAttribute;
            answer.Add("attributes").Set("status", (byte)status).Set("attr", asked.Attribute);
        }

        return answer;
    }

    private MessageContent Discover(MessageContent request)
    {
        ulong start = request.Number("start_attr");
        int most = (int)request.Number("max");
        ushort[] left = [.. attributes.Keys.Where(attribute => attribute >= start).Order()];
        MessageContent answer = GlobalCommands.Create(GlobalCommand.DiscoverAttributesResponse)
            .Set("complete", left.Length <= most ? 1 : 0);
        foreach (ushort attribute in left.Take(most))
        {
            answer.Add("attributes").Set("attr", attribute).Set("type", (byte)attributes[attribute]().Type);
        }

        return answer;
    }
}
