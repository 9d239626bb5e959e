using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>One side, usually the server's, of clusters that only tell attributes: reads and discovery are answered, writes
/// refused.</summary>
/// <remarks>Source: ZigBee Cluster Library, as this harness's ZigBee guide 7 sums it up.</remarks>
internal sealed class AttributeServer
{
    private const byte TypeMask = 0x03;
    private const byte ClusterCommand = 0x01;
    private const byte ManufacturerBit = 0x04;
    private const byte ServerToClientBit = 0x08;
    private const byte NoDefaultResponseBit = 0x10;

    private const byte ReadAttributes = 0x00;
    private const byte ReadResponse = 0x01;
    private const byte WriteAttributes = 0x02;
    private const byte WriteResponse = 0x04;
    private const byte DefaultResponse = 0x0B;
    private const byte DiscoverAttributes = 0x0C;
    private const byte DiscoverResponse = 0x0D;

    private const byte Success = 0x00;
    private const byte Malformed = 0x80;
    private const byte UnsupportedClusterCommand = 0x81;
    private const byte UnsupportedGeneralCommand = 0x82;
    private const byte UnsupportedManufacturerCommand = 0x84;
    private const byte UnsupportedAttribute = 0x86;
    private const byte ReadOnly = 0x88;
    private const byte UnsupportedCluster = 0xC3;

    // What an answer holds at most, so that it fits one frame.
    private const int MaximumAnswerOctets = 70;

    private readonly Dictionary<ushort, IReadOnlyDictionary<ushort, Func<AttributeValue>>> _clusters = [];

    private readonly byte _askedBit;

    /// <summary>Creates a side without clusters.</summary>
    /// <param name="isClient">Whether it is the client's side: some clusters keep attributes there.</param>
    public AttributeServer(bool isClient = false) => _askedBit = isClient ? ServerToClientBit : (byte)0;

    /// <summary>Adds a cluster.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="attributes">Its attributes, each as it is when it is asked for.</param>
    public void Add(ushort cluster, IReadOnlyDictionary<ushort, Func<AttributeValue>> attributes) => _clusters[cluster] = attributes;

    /// <summary>Answers a message.</summary>
    /// <param name="aps">Its addressing.</param>
    /// <param name="message">The message.</param>
    /// <returns>The answer; null when none is due.</returns>
    public byte[]? Answer(EmberApsFrame aps, ReadOnlySpan<byte> message)
    {
        if (message.Length < 3 || (message[0] & ServerToClientBit) != _askedBit)
        {
            return null;
        }

        byte control = message[0];
        bool isOfManufacturer = (control & ManufacturerBit) != 0;
        int header = isOfManufacturer ? 5 : 3;
        if (message.Length < header)
        {
            return null;
        }

        byte sequence = message[header - 2];
        byte command = message[header - 1];
        if (isOfManufacturer || (control & TypeMask) != 0)
        {
            byte status = isOfManufacturer ? UnsupportedManufacturerCommand
                : _clusters.ContainsKey(aps.Cluster) ? UnsupportedClusterCommand
                : UnsupportedCluster;
            return (control & TypeMask) > ClusterCommand ? null : Default(sequence, command, status);
        }

        ReadOnlySpan<byte> body = message[header..];
        IReadOnlyDictionary<ushort, Func<AttributeValue>>? attributes = _clusters.GetValueOrDefault(aps.Cluster);
        return command switch
        {
            DefaultResponse => null,
            _ when attributes is null => Default(sequence, command, UnsupportedCluster),
            ReadAttributes => Read(sequence, body, attributes),
            WriteAttributes => Write(sequence, body, attributes),
            DiscoverAttributes => Discover(sequence, body, attributes),
            _ => Default(sequence, command, UnsupportedGeneralCommand),
        };
    }

    private WireOctets Begin(byte sequence, byte command) =>
        new WireOctets().Octet((byte)((_askedBit ^ ServerToClientBit) | NoDefaultResponseBit)).Octet(sequence).Octet(command);

    private byte[] Default(byte sequence, byte command, byte status) =>
        Begin(sequence, DefaultResponse).Octet(command).Octet(status).ToArray();

    private byte[] Read(byte sequence, ReadOnlySpan<byte> body, IReadOnlyDictionary<ushort, Func<AttributeValue>> attributes)
    {
        if (body.IsEmpty || body.Length % sizeof(ushort) != 0)
        {
            return Default(sequence, ReadAttributes, Malformed);
        }

        WireOctets answer = Begin(sequence, ReadResponse);
        for (int offset = 0; offset < body.Length && answer.Count < MaximumAnswerOctets; offset += sizeof(ushort))
        {
            ushort attribute = WireOctets.WordAt(body, offset) ?? 0;
            answer.Word(attribute);
            if (attributes.TryGetValue(attribute, out Func<AttributeValue>? read))
            {
                AttributeValue value = read();
                answer.Octet(Success).Octet(value.Type).Run(value.Octets);
            }
            else
            {
                answer.Octet(UnsupportedAttribute);
            }
        }

        return answer.ToArray();
    }

    // Which value follows is of no matter: nothing can be written, so the first attribute says what to answer.
    private byte[] Write(byte sequence, ReadOnlySpan<byte> body, IReadOnlyDictionary<ushort, Func<AttributeValue>> attributes)
    {
        if (WireOctets.WordAt(body, 0) is not ushort attribute)
        {
            return Default(sequence, WriteAttributes, Malformed);
        }

        byte status = attributes.ContainsKey(attribute) ? ReadOnly : UnsupportedAttribute;
        return Begin(sequence, WriteResponse).Octet(status).Word(attribute).ToArray();
    }

    private byte[] Discover(byte sequence, ReadOnlySpan<byte> body, IReadOnlyDictionary<ushort, Func<AttributeValue>> attributes)
    {
        if (WireOctets.WordAt(body, 0) is not ushort start || body.Length < 3)
        {
            return Default(sequence, DiscoverAttributes, Malformed);
        }

        ushort[] known = [.. attributes.Keys.Where(attribute => attribute >= start).Order()];
        WireOctets answer = Begin(sequence, DiscoverResponse).Octet(known.Length <= body[2] ? (byte)1 : (byte)0);
        foreach (ushort attribute in known.Take(body[2]))
        {
            answer.Word(attribute).Octet(attributes[attribute]().Type);
        }

        return answer.ToArray();
    }
}
