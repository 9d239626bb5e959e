using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Virtual.ZigBee.Clusters;

/// <summary>The Messaging client of a device: its display shows the newest message until that is cancelled or over.</summary>
/// <remarks>Source: ZigBee Smart Energy, Messaging cluster, as this harness's ZigBee guide 8.5 sums it up.</remarks>
/// <param name="clock">The device's clock.</param>
/// <param name="isConfirmedByHand">Whether somebody has to press a button to confirm; else the device confirms what it shows.</param>
internal sealed class MessagingCluster(IHanClock clock, bool isConfirmedByHand = false) : HanCluster
{
    private const byte ConfirmationWanted = 0x80;
    private const ushort UntilChanged = 0xFFFF;

    private (uint Id, string Text, DateTimeOffset From, DateTimeOffset Until)? _message;
    private bool _isConfirmationDue;

    /// <inheritdoc/>
    public override ushort Id => 0x0703;

    /// <summary>What the display shows; null for nothing.</summary>
    public string? Shown => _message is { } message && message.From <= clock.Now && clock.Now < message.Until ? message.Text : null;

    /// <summary>Asks the hub for the last message.</summary>
    public static ClusterMessage AskLast() => new(0x00, []);

    /// <summary>Somebody confirms the message that is shown.</summary>
    /// <returns>What goes out; null when none is shown that wants it.</returns>
    public ClusterMessage? Confirm()
    {
        if (Shown is null || _message is not { } message || !_isConfirmationDue)
        {
            return null;
        }

        _isConfirmationDue = false;
        return Confirmation(message.Id);
    }

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
        DateTimeOffset from = MomentOf(reader.DoubleWord(), clock.Now);
        ushort minutes = reader.Word();
        string text = reader.Text();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        if (_message?.Id == id)
        {
            // Known already, and confirmed perhaps.
            return ClusterReply.Done;
        }

        bool isEndless = minutes == UntilChanged || from == DateTimeOffset.MaxValue;
        _message = (id, text, from, isEndless ? DateTimeOffset.MaxValue : from + TimeSpan.FromMinutes(minutes));
        bool isWanted = (control & ConfirmationWanted) != 0;
        _isConfirmationDue = isWanted && isConfirmedByHand;
        return isWanted && !isConfirmedByHand ? ClusterReply.With(Confirmation(id)) : ClusterReply.Done;
    }

    private ClusterMessage Confirmation(uint id) => new(
        0x01, new WireOctets().DoubleWord(id).DoubleWord(TimeOf(clock.Now, clock.IsClockValid)).ToArray());
}
