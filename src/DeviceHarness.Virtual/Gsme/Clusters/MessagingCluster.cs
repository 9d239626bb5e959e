using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>The Messaging client of a gas meter: its display shows the newest message until that is cancelled or over.</summary>
/// <remarks>Source: ZigBee Smart Energy, Messaging cluster, as this harness's ZigBee guide 8.5 sums it up.</remarks>
internal sealed class MessagingCluster(GasMeterState state) : GasCluster(state)
{
    private const byte ConfirmationWanted = 0x80;
    private const ushort UntilChanged = 0xFFFF;

    private (uint Id, string Text, DateTimeOffset From, DateTimeOffset Until)? _message;

    /// <inheritdoc/>
    public override ushort Id => 0x0703;

    /// <summary>What the display shows; null for nothing.</summary>
    public string? Shown => _message is { } message && message.From <= State.Now && State.Now < message.Until ? message.Text : null;

    /// <inheritdoc/>
    public override ClusterReply Hear(ClusterMessage message)
    {
        CommandReader reader = new(message.Payload);
        switch (message.Command)
        {
            case 0x00 or 0x02:
                return Show(ref reader);
            case 0x01:
                uint id = reader.DoubleWord();
                bool isShown = reader.IsWhole && _message?.Id == id;
                _message = isShown ? null : _message;
                return !reader.IsWhole ? ClusterReply.Malformed : isShown ? ClusterReply.Done : ClusterReply.Of(ZclStatus.NotFound);
            case 0x03:
                _message = null;
                return ClusterReply.Done;
            default:
                return ClusterReply.Unknown;
        }
    }

    private ClusterReply Show(ref CommandReader reader)
    {
        uint id = reader.DoubleWord();
        byte control = reader.Octet();
        DateTimeOffset from = MomentOf(reader.DoubleWord());
        ushort minutes = reader.Word();
        string text = reader.Text();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        bool isEndless = minutes == UntilChanged || from == DateTimeOffset.MaxValue;
        _message = (id, text, from, isEndless ? DateTimeOffset.MaxValue : from + TimeSpan.FromMinutes(minutes));
        return (control & ConfirmationWanted) == 0 ? ClusterReply.Done
            : ClusterReply.With(new ClusterMessage(0x01, new WireOctets().DoubleWord(id).DoubleWord(TimeNow()).ToArray()));
    }
}
