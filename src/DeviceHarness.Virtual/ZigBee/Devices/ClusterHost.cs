using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.Radio;

namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>Lets the cluster machines of a virtual device live: gives them the commands that came, frames those that they send, and wakes
/// them when they ask for it.</summary>
/// <remarks>Source: ZigBee Cluster Library, header and default response, as this harness's ZigBee guide 7 sums it up.</remarks>
internal sealed class ClusterHost
{
    private const byte TypeMask = 0x03;
    private const byte ClusterCommand = 0x01;
    private const byte ManufacturerBit = 0x04;
    private const byte ServerToClientBit = 0x08;
    private const byte NoDefaultResponseBit = 0x10;
    private const byte DefaultResponse = 0x0B;
    private const int HeaderOctets = 3;
    private const byte HubEndpoint = 1;

    private readonly SimulatedRadio _radio;
    private readonly ushort _profile;
    private readonly Action<ushort, EmberApsFrame, byte[], TimeSpan> _send;
    private readonly Dictionary<ushort, Hosted> _hosted = [];
    private byte _sequence;

    /// <summary>Creates the host.</summary>
    /// <param name="radio">The radio, whose time the machines live by.</param>
    /// <param name="profile">The profile of the application endpoint.</param>
    /// <param name="send">Sends a message to a short address.</param>
    public ClusterHost(SimulatedRadio radio, ushort profile, Action<ushort, EmberApsFrame, byte[], TimeSpan> send)
    {
        _radio = radio;
        _profile = profile;
        _send = send;
    }

    /// <summary>Whether what goes out is protected by the APS link key, by cluster.</summary>
    public required Func<ushort, bool> IsProtected { get; init; }

    /// <summary>Adds a machine.</summary>
    public void Add(IClusterMachine machine) => _hosted.Add(machine.Cluster, new Hosted(machine));

    /// <summary>The device is in a network: machines may begin.</summary>
    public void Begin(TimeSpan now)
    {
        foreach (Hosted hosted in _hosted.Values)
        {
            Watch(hosted, now);
        }
    }

    /// <summary>A machine did something by itself.</summary>
    public void Send(IClusterMachine machine, IReadOnlyList<ClusterMessage> messages, TimeSpan now)
    {
        Hosted hosted = _hosted[machine.Cluster];
        Send(hosted, messages, now);
        Watch(hosted, now);
    }

    /// <summary>Takes a message; false when it is none for a machine.</summary>
    public bool TryTake(RadioFrame frame, TimeSpan now)
    {
        ReadOnlySpan<byte> octets = frame.Payload;
        if (octets.Length < HeaderOctets || !_hosted.TryGetValue(frame.Aps.Cluster, out Hosted? hosted)
            || (octets[0] & ManufacturerBit) != 0)
        {
            return false;
        }

        if ((octets[0] & TypeMask) != ClusterCommand)
        {
            return TakeDefaultResponse(hosted, octets, now);
        }

        bool isFromServer = (octets[0] & ServerToClientBit) != 0;
        hosted.Peer = frame.Source;
        hosted.PeerEndpoint = frame.Aps.SourceEndpoint;
        hosted.LastSequence = octets[1];
        ClusterArrival arrival = new(_radio.Find(frame.Source)?.Eui64 ?? 0, octets[2], octets[HeaderOctets..].ToArray())
        {
            IsFromServer = isFromServer,
            IsBroadcast = frame.IsBroadcast,
        };
        IReadOnlyList<ClusterMessage> answers = hosted.Machine.Take(arrival, now);
        Send(hosted, answers, now);
        if (answers.Count == 0 && !frame.IsBroadcast && (octets[0] & NoDefaultResponseBit) == 0)
        {
            byte control = (byte)((isFromServer ? 0 : ServerToClientBit) | NoDefaultResponseBit);
            _send(hosted.Peer, Aps(hosted), [control, octets[1], DefaultResponse, octets[2], 0], now);
        }

        Watch(hosted, now);
        return true;
    }

    private bool TakeDefaultResponse(Hosted hosted, ReadOnlySpan<byte> octets, TimeSpan now)
    {
        if ((octets[0] & TypeMask) != 0 || octets[2] != DefaultResponse)
        {
            return false;
        }

        if (octets.Length >= HeaderOctets + 2 && octets[HeaderOctets + 1] != 0)
        {
            hosted.Machine.TakeRefusal(octets[HeaderOctets], now);
            Watch(hosted, now);
        }

        return true;
    }

    private void Send(Hosted hosted, IReadOnlyList<ClusterMessage> messages, TimeSpan now)
    {
        foreach (ClusterMessage message in messages)
        {
            byte control = message.IsFromServer ? (byte)(ClusterCommand | ServerToClientBit) : ClusterCommand;
            byte sequence = message.IsFromServer ? hosted.LastSequence : _sequence++;
            byte[] octets = [(byte)(control | NoDefaultResponseBit), sequence, message.Command, .. message.Payload];
            _send(hosted.Peer, Aps(hosted), octets, now);
        }
    }

    private EmberApsFrame Aps(Hosted hosted)
    {
        EmberApsOptions protection = IsProtected(hosted.Machine.Cluster) ? EmberApsOptions.Encryption : EmberApsOptions.None;
        return new EmberApsFrame(
            _profile, hosted.Machine.Cluster, VirtualHanDevice.ApplicationEndpoint, hosted.PeerEndpoint,
            EmberApsOptions.Retry | protection, 0, 0);
    }

    private void Watch(Hosted hosted, TimeSpan now)
    {
        if (hosted.Machine.NextTick is not { } at || hosted.Watched == at)
        {
            return;
        }

        hosted.Watched = at;
        _radio.Schedule(at > now ? at : now, time =>
        {
            // What was put off meanwhile is watched by a later call.
            if (hosted.Watched == at)
            {
                hosted.Watched = null;
                Send(hosted, hosted.Machine.Tick(time), time);
                Watch(hosted, time);
            }
        });
    }

    private sealed class Hosted(IClusterMachine machine)
    {
        public IClusterMachine Machine { get; } = machine;

        public ushort Peer { get; set; }

        public byte PeerEndpoint { get; set; } = HubEndpoint;

        public byte LastSequence { get; set; }

        public TimeSpan? Watched { get; set; }
    }
}
