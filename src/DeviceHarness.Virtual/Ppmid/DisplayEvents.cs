using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Ppmid;

/// <summary>The Events server of a display: what happened to it, in its general log. Without power it is forgotten.</summary>
/// <remarks>Source: ZigBee Smart Energy, Events cluster, as this harness's ZigBee guide 8.8 sums it up. Which events a display logs is in
/// no text that was reached: here the setting of its clock and what became of its firmware. It has no other log, and none can be
/// cleared.</remarks>
internal sealed class DisplayEvents(IHanClock clock) : HanCluster
{
    /// <summary>The clock was set forward.</summary>
    public const ushort ClockSet = 0x0011;

    /// <summary>A new firmware runs.</summary>
    public const ushort FirmwareActivated = 0x002A;

    /// <summary>A new firmware was not taken.</summary>
    public const ushort FirmwareFailed = 0x002B;

    /// <summary>The most events that are kept; the oldest makes room.</summary>
    public const int Capacity = 100;

    private const byte GeneralLog = 3;
    private const byte ToAll = 0x03;
    private const byte PublishEvent = 0x00;

    private readonly Queue<LoggedEvent> _entries = [];

    /// <inheritdoc/>
    public override ushort Id => 0x0709;

    /// <summary>Logs what happened.</summary>
    /// <param name="number">The number of the event.</param>
    /// <returns>The message that tells of it.</returns>
    public ClusterMessage Enter(ushort number)
    {
        if (_entries.Count == Capacity)
        {
            _entries.Dequeue();
        }

        LoggedEvent entry = new(GeneralLog, number, clock.Now, clock.IsClockValid);
        _entries.Enqueue(entry);
        return new ClusterMessage(PublishEvent, new WireOctets().Octet(entry.Log).Word(entry.Id)
            .DoubleWord(TimeOf(entry.Stamp, entry.IsStampValid)).Octet(ToAll).Octet(0).ToArray());
    }

    /// <inheritdoc/>
    public override ClusterReply Serve(ClusterMessage message) =>
        message.Command == 0x00 ? EventLogPages.Answer(message, _entries) : ClusterReply.Unknown;
}
