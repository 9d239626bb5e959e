using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;

namespace DeviceHarness.Drivers.Ppmid;

/// <summary>The message that the harness publishes as the service interface of its own network: the last one of the supplier, for displays
/// that ask for it.</summary>
/// <remarks>Spec: ZigBee Smart Energy, Messaging, server, as this harness's ZigBee guide 8.5 sums it up. A message holds until the next
/// one; DUIS has no request that takes one back. It is not kept when the agent ends. Safe for use from any thread.</remarks>
public sealed class MessageDesk : IHanServer
{
    private const ushort UntilChanged = 0xFFFF;
    private const byte ConfirmationWanted = 0x80;

    private static readonly ClusterCommand Display = ClusterCatalogue.Messaging.Command("DisplayMessage", ZclSide.Server);
    private static readonly byte Ask = ClusterCatalogue.Messaging.Command("GetLastMessage", ZclSide.Client).Id;
    private static readonly byte Confirm = ClusterCatalogue.Messaging.Command("MessageConfirmation", ZclSide.Client).Id;

    private readonly Lock _gate = new();
    private (uint Id, string Text)? _message;

    /// <inheritdoc/>
    public ushort Cluster => ClusterCatalogue.Messaging.Id;

    /// <summary>Is told of each confirmation of the message, by the network's loop: which device; null tells nobody.</summary>
    public Action<ulong, uint>? Confirmed { get; init; }

    /// <summary>Publishes a message in the place of the one before.</summary>
    /// <param name="id">Its number, by which a display tells it from another.</param>
    /// <param name="text">The text.</param>
    public void Show(uint id, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        lock (_gate)
        {
            _message = (id, text);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Take(HanMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        ZclHeader header = message.Header;
        if (header is not { Type: ZclFrameType.Cluster, From: ZclSide.Client, ManufacturerCode: null }
            || message.Content is not { } content)
        {
            return null;
        }

        (uint Id, string Text)? held;
        lock (_gate)
        {
            held = _message;
        }

        if (header.Command == Ask)
        {
            return held is { } last
                ? [ZclFrame.Compose(header.Answer(ZclFrameType.Cluster, Display.Id), ContentOf(last.Id, last.Text))]
                : [Status(header, ZclStatus.NotFound)];
        }

        if (header.Command != Confirm)
        {
            return null;
        }

        uint id = (uint)content.Number("message_id");
        if (held?.Id != id)
        {
            return [Status(header, ZclStatus.NotFound)];
        }

        Confirmed?.Invoke(message.Eui64 ?? 0, id);
        return header.DisableDefaultResponse ? [] : [Status(header, ZclStatus.Success)];
    }

    /// <summary>The fields of a message that holds from now until the next one, and wants to be confirmed.</summary>
    internal static MessageContent ContentOf(uint id, string text) => Display.Create().Set("message_id", id)
        .Set("message_control", ConfirmationWanted).Set("start_time", ZclTime.Now).Set("duration_minutes", UntilChanged)
        .Set("message", text);

    private static ReadOnlyMemory<byte> Status(ZclHeader header, ZclStatus status) => ZclFrame.Compose(
        header.Answer(ZclFrameType.Global, (byte)GlobalCommand.DefaultResponse), GlobalCommands.Default(header.Command, status));
}
