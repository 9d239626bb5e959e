using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>A device that never sleeps: it asks its trust centre for the time when it came into the network and once a day, and whatever
/// else it asks at a pace of its own.</summary>
internal abstract class AwakeApplication : IHanApplication
{
    /// <summary>The endpoint of the trust centre that serves the time.</summary>
    protected const byte HubEndpoint = 1;

    private const byte ReadAttributes = 0x00;
    private const byte ReadResponse = 0x01;
    private const int HeaderOctets = 3;
    private const byte TypeMask = 0x03;
    private const byte ServerToClient = 0x08;
    private const byte NoDefaultResponse = 0x10;

    private readonly TimeSpan _period;
    private TimeSpan? _due;
    private TimeSpan _timeDue;

    /// <summary>Switches a device on.</summary>
    /// <param name="period">How often <see cref="Ask"/> is called.</param>
    protected AwakeApplication(TimeSpan period) => _period = period;

    /// <inheritdoc/>
    public abstract IReadOnlyCollection<ushort> Served { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyCollection<ushort> Used { get; }

    /// <inheritdoc/>
    public abstract string FirmwareVersion { get; }

    /// <inheritdoc/>
    public TimeSpan? NextDue => _due;

    /// <inheritdoc/>
    public TimeSpan NextWake => TimeSpan.MaxValue;

    /// <inheritdoc/>
    public virtual IReadOnlyList<string> DisplayLines => [];

    /// <summary>The endpoint of the device.</summary>
    protected abstract ZclEndpoint Endpoint { get; }

    /// <summary>The Time cluster of the device.</summary>
    protected abstract TimeCluster Time { get; }

    /// <inheritdoc/>
    public bool IsListeningAt(TimeSpan at) => true;

    /// <inheritdoc/>
    public bool TakeFirmwareNotice() => false;

    /// <inheritdoc/>
    public void Begin(TimeSpan now)
    {
        _due = now;
        _timeDue = now;
    }

    /// <inheritdoc/>
    public void End() => _due = null;

    /// <inheritdoc/>
    public IReadOnlyList<HanMessage> Advance(TimeSpan now)
    {
        if (_due is not { } due || now < due)
        {
            return [];
        }

        _due = now + _period;
        if (now < _timeDue)
        {
            return Ask(now);
        }

        _timeDue = now + TimeSpan.FromDays(1);
        return [Read(Time.Id, HubEndpoint, TimeCluster.TimeAttribute, TimeCluster.StatusAttribute), .. Ask(now)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<HanMessage> Take(EmberApsFrame aps, byte[] frame, TimeSpan now)
    {
        // Only the bit against default responses may differ.
        bool isAnswer = frame.Length >= HeaderOctets && (frame[0] & ~NoDefaultResponse) == ServerToClient && frame[2] == ReadResponse;
        if (!isAnswer)
        {
            return
            [
                .. Endpoint.Answer(aps, frame).Select(answer => new HanMessage(aps.Cluster, aps.SourceEndpoint, answer)),
                .. Noticed(aps, frame),
            ];
        }

        IReadOnlyDictionary<ushort, ZclData> values = AttributeRecords.OfAnswer(frame.AsSpan(HeaderOctets));
        if (aps.Cluster == Time.Id && values.TryGetValue(TimeCluster.TimeAttribute, out ZclData? time)
            && values.TryGetValue(TimeCluster.StatusAttribute, out ZclData? worth))
        {
            Time.TryTake(time, worth);
        }

        Heard(aps.Cluster, values);
        return [];
    }

    /// <inheritdoc/>
    public abstract void RunFirmware(string version);

    /// <inheritdoc/>
    public virtual void RefuseFirmware()
    {
    }

    /// <inheritdoc/>
    public virtual IReadOnlyList<HanMessage>? Press(HanButton button) => null;

    /// <inheritdoc/>
    public virtual IReadOnlyList<HanMessage>? Enter(string digits) => null;

    /// <summary>Whether a frame is a command of a cluster.</summary>
    protected static bool IsCommand(byte[] frame) => frame.Length >= HeaderOctets && (frame[0] & TypeMask) == 1;

    /// <summary>What the device asks for by itself.</summary>
    /// <param name="now">The time.</param>
    protected virtual IReadOnlyList<HanMessage> Ask(TimeSpan now) => [];

    /// <summary>What was read came.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="values">The attributes.</param>
    protected virtual void Heard(ushort cluster, IReadOnlyDictionary<ushort, ZclData> values)
    {
    }

    /// <summary>A frame was answered.</summary>
    /// <param name="aps">Its addressing.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>What goes out beside the answer.</returns>
    protected virtual IReadOnlyList<HanMessage> Noticed(EmberApsFrame aps, byte[] frame) => [];

    /// <summary>A message that reads attributes of the trust centre.</summary>
    protected HanMessage Read(ushort cluster, byte endpoint, params ReadOnlySpan<ushort> attributes)
    {
        WireOctets wanted = new();
        foreach (ushort attribute in attributes)
        {
            wanted.Word(attribute);
        }

        return new HanMessage(cluster, endpoint, Endpoint.Own(isGlobal: true, isOfServer: false, ReadAttributes, wanted.ToArray()));
    }
}
