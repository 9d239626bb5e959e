using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>The application endpoint of a device: ZCL frames in, ZCL frames out.</summary>
/// <remarks>Source: ZigBee Cluster Library frames, as this harness's ZigBee guide 7 sums them up, and the clusters that want the link key
/// (8.9): what comes to them without it is answered with 7E.</remarks>
internal class ZclEndpoint
{
    private const byte ClusterType = 0x01;
    private const byte TypeMask = 0x03;
    private const byte ManufacturerBit = 0x04;
    private const byte ServerToClient = 0x08;
    private const byte NoDefaultResponse = 0x10;
    private const byte WriteAttributes = 0x02;
    private const byte WriteUndivided = 0x03;
    private const byte WriteResponse = 0x04;
    private const byte WriteSilently = 0x05;
    private const byte DefaultResponse = 0x0B;
    private const int HeaderOctets = 3;

    private readonly Dictionary<ushort, HanCluster> _clusters;
    private readonly AttributeServer _attributes = new();
    private readonly Action _settle;
    private byte _sequence;

    /// <summary>The endpoint of a device.</summary>
    /// <param name="clusters">What is on it.</param>
    /// <param name="settle">Makes the device live until now, before it is looked at.</param>
    public ZclEndpoint(IReadOnlyCollection<HanCluster> clusters, Action settle)
    {
        _settle = settle;
        _clusters = clusters.ToDictionary(cluster => cluster.Id);
        foreach (HanCluster cluster in clusters.Where(cluster => cluster.Attributes.Count > 0))
        {
            Refresh(cluster);
        }
    }

    /// <summary>Where commands are written down; null for nowhere.</summary>
    public HanCommandLog? Log { get; init; }

    /// <summary>A cluster has other attributes than before.</summary>
    /// <param name="cluster">The cluster.</param>
    public void Refresh(HanCluster cluster) => _attributes.Add(cluster.Id, cluster.Attributes.ToDictionary(
        attribute => attribute.Key, attribute => (Func<AttributeValue>)(() => OnWire(attribute.Value()))));

    /// <summary>Answers a frame.</summary>
    /// <param name="aps">Its addressing; whether it was ciphered with the link key is among the options.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>The answers, in order.</returns>
    public IReadOnlyList<byte[]> Answer(EmberApsFrame aps, byte[] frame)
    {
        _settle();
        if (frame.Length < HeaderOctets || (frame[0] & TypeMask) > ClusterType)
        {
            return [];
        }

        byte control = frame[0];
        bool isGlobal = (control & TypeMask) == 0;
        (byte sequence, byte command) = (frame[1], frame[2]);
        if (isGlobal && command == DefaultResponse)
        {
            return [];
        }

        if ((control & ManufacturerBit) == 0 && NeedsLinkKey(aps.Cluster) && (aps.Options & EmberApsOptions.Encryption) == 0)
        {
            Tell(aps, isGlobal, command, frame, ZclStatus.NotAuthorised);
            return [Default(control, sequence, command, ZclStatus.NotAuthorised)];
        }

        if ((control & ManufacturerBit) != 0 || !_clusters.TryGetValue(aps.Cluster, out HanCluster? cluster))
        {
            return Listed(_attributes.Answer(aps, frame));
        }

        byte[] payload = frame[HeaderOctets..];
        if (isGlobal)
        {
            return command is WriteAttributes or WriteUndivided or WriteSilently
                ? Write(cluster, aps, control, sequence, command, payload)
                : Listed(_attributes.Answer(aps, frame));
        }

        ClusterMessage message = new(command, payload);
        ClusterReply reply = (control & ServerToClient) == 0 ? cluster.Serve(message) : cluster.Hear(message);
        Tell(aps, isGlobal, command, frame, reply.Status);
        if (reply.Messages.Count > 0)
        {
            byte back = (byte)(ClusterType | NoDefaultResponse | (~control & ServerToClient));
            return [.. reply.Messages.Select(answer => Frame(back, sequence, answer.Command, answer.Payload))];
        }

        bool isWanted = (control & NoDefaultResponse) == 0 || reply.Status != ZclStatus.Success;
        return isWanted ? [Default(control, sequence, command, reply.Status)] : [];
    }

    /// <summary>A frame of the device's own.</summary>
    /// <param name="isGlobal">Whether the command is one of all clusters.</param>
    /// <param name="isOfServer">Whether the device sends it as server.</param>
    /// <param name="command">The command.</param>
    /// <param name="payload">What follows.</param>
    public byte[] Own(bool isGlobal, bool isOfServer, byte command, params ReadOnlySpan<byte> payload) =>
        Frame((byte)((isGlobal ? 0 : ClusterType) | (isOfServer ? ServerToClient : 0)), ++_sequence, command, payload);

    private static bool NeedsLinkKey(ushort cluster) => cluster is 0x000A or (>= 0x0700 and <= 0x0709);

    private static AttributeValue OnWire(ZclData value) => new((byte)value.Type, value.ToWire());

    private static byte[][] Listed(byte[]? answer) => answer is null ? [] : [answer];

    private static byte[] Frame(byte control, byte sequence, byte command, ReadOnlySpan<byte> payload) =>
        new WireOctets().Octet(control).Octet(sequence).Octet(command).Run(payload).ToArray();

    private static byte[] Default(byte control, byte sequence, byte command, ZclStatus status) =>
        Frame((byte)(NoDefaultResponse | (~control & ServerToClient)), sequence, DefaultResponse, [command, (byte)status]);

    private void Tell(EmberApsFrame aps, bool isGlobal, byte command, byte[] frame, ZclStatus status)
    {
        if (!isGlobal)
        {
            Log?.Told(aps.Cluster, aps.SourceEndpoint, command, frame.AsSpan(HeaderOctets), status);
        }
    }

    private byte[][] Write(HanCluster cluster, EmberApsFrame aps, byte control, byte sequence, byte command, byte[] payload)
    {
        WireOctets failures = new();
        ZclReader reader = new(payload);
        while (reader.RemainingOctets > 0)
        {
            if (!reader.TryReadUInt16(out ushort attribute) || !reader.TryReadTypedValue(out ZclValue value))
            {
                return [Default(control, sequence, command, ZclStatus.MalformedCommand)];
            }

            ZclData data = value.ToData();
            ZclStatus status = cluster.Write(attribute, data);
            Log?.Written(aps.Cluster, aps.SourceEndpoint, attribute, data.ToWire(), status);
            if (status != ZclStatus.Success)
            {
                failures.Octet((byte)status).Word(attribute);
            }
        }

        byte[] results = failures.Count == 0 ? [(byte)ZclStatus.Success] : failures.ToArray();
        return command == WriteSilently ? [] : [Frame(ServerToClient, sequence, WriteResponse, results)];
    }
}
