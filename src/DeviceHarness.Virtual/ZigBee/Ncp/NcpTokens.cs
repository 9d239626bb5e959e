using System.Buffers;
using System.Text.Json;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Virtual.Flash;

namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>What an adapter keeps without power: network, keys, frame counters, devices.</summary>
/// <remarks>A frame counter is kept with a jump ahead, so that it never goes back: after a restart it goes on at the kept value.</remarks>
internal sealed class NcpTokens
{
    private const string RecordName = "ncp-tokens";
    private const uint CounterJump = 1024;

    private readonly IMeterFlash _flash;
    private uint _keptNetworkCounter;
    private uint _keptApsCounter;

    /// <summary>Reads the flash.</summary>
    /// <exception cref="IOException">The flash cannot be read, or holds something else.</exception>
    public NcpTokens(IMeterFlash flash)
    {
        _flash = flash;
        if (flash.Read(RecordName) is { } octets)
        {
            Read(octets);
        }
    }

    public bool HasNetwork { get; private set; }

    public EmberNodeType NodeType { get; private set; }

    public ushort NodeId { get; private set; }

    public EmberNetworkParameters Parameters { get; private set; }

    public EmberInitialSecurityState Security { get; set; }

    public EzspKey NextNetworkKey { get; set; }

    public uint NetworkFrameCounter { get; private set; }

    public uint ApsFrameCounter { get; private set; }

    /// <summary>The link keys by their entry.</summary>
    public SortedDictionary<byte, (ulong Eui64, EzspKey Key)> Keys { get; } = [];

    /// <summary>The short addresses of the devices in the network, by EUI-64.</summary>
    public Dictionary<ulong, ushort> Children { get; } = [];

    /// <summary>The adapter is in a network from now on.</summary>
    public void Join(EmberNodeType nodeType, ushort nodeId, EmberNetworkParameters parameters)
    {
        HasNetwork = true;
        NodeType = nodeType;
        NodeId = nodeId;
        Parameters = parameters;
        Keep();
    }

    /// <summary>The adapter is in no network any more.</summary>
    public void Leave()
    {
        HasNetwork = false;
        Children.Clear();
        NextNetworkKey = default;
        Keep();
    }

    public void SetNetworkFrameCounter(uint value)
    {
        NetworkFrameCounter = value;
        Keep();
    }

    public void SetApsFrameCounter(uint value)
    {
        ApsFrameCounter = value;
        Keep();
    }

    /// <summary>A frame leaves: the counters go on, and what is kept jumps ahead of them in time.</summary>
    public void CountFrame(bool isEncryptedByLinkKey)
    {
        NetworkFrameCounter++;
        ApsFrameCounter += isEncryptedByLinkKey ? 1u : 0u;
        if (NetworkFrameCounter >= _keptNetworkCounter || ApsFrameCounter >= _keptApsCounter)
        {
            Keep();
        }
    }

    /// <summary>Writes all to flash.</summary>
    public void Keep()
    {
        _keptNetworkCounter = NetworkFrameCounter + CounterJump;
        _keptApsCounter = ApsFrameCounter + CounterJump;
        NcpTokenRecord record = new()
        {
            HasNetwork = HasNetwork,
            NodeType = (byte)NodeType,
            NodeId = NodeId,
            Parameters = Convert.ToHexString(Octets(Parameters)),
            SecurityBits = (ushort)Security.Bits,
            TrustCenter = Security.TrustCenterEui64,
            NetworkKey = Text(Security.NetworkKey),
            NetworkKeySequence = Security.NetworkKeySequence,
            NextNetworkKey = Text(NextNetworkKey),
            TrustCenterLinkKey = Text(Security.PreconfiguredKey),
            NetworkFrameCounter = _keptNetworkCounter,
            ApsFrameCounter = _keptApsCounter,
            Keys = [.. Keys.Select(entry => new NcpKeyRecord(entry.Key, entry.Value.Eui64, Text(entry.Value.Key)))],
            Children = [.. Children.Select(child => new NcpChildRecord(child.Key, child.Value))],
        };
        _flash.Write(RecordName, JsonSerializer.SerializeToUtf8Bytes(record, FlashJson.Default.NcpTokenRecord));
    }

    private static byte[] Octets(EmberNetworkParameters parameters)
    {
        byte[] octets = new byte[32];
        EzspWriter writer = new(octets, EzspVersion.Reference);
        parameters.Write(ref writer);
        return octets[..writer.WrittenOctets];
    }

    private static string Text(EzspKey key) => key.IsZero ? string.Empty : Convert.ToHexString(key.ToArray());

    private static EzspKey KeyOf(string text) => text.Length == 0 ? default : new EzspKey(Convert.FromHexString(text));

    private void Read(byte[] octets)
    {
        NcpTokenRecord record = JsonSerializer.Deserialize(octets, FlashJson.Default.NcpTokenRecord)
            ?? throw new IOException($"the record {RecordName} is empty");
        OperationStatus status = EzspFrame.ReadParameters(
            Convert.FromHexString(record.Parameters), EzspVersion.Reference, out EmberNetworkParameters parameters, out _);
        if (status != OperationStatus.Done)
        {
            throw new IOException($"the record {RecordName} holds no network");
        }

        HasNetwork = record.HasNetwork;
        NodeType = (EmberNodeType)record.NodeType;
        NodeId = record.NodeId;
        Parameters = parameters;
        Security = new EmberInitialSecurityState(
            (EmberInitialSecurityBits)record.SecurityBits, KeyOf(record.TrustCenterLinkKey), KeyOf(record.NetworkKey),
            record.NetworkKeySequence, record.TrustCenter);
        NextNetworkKey = KeyOf(record.NextNetworkKey);
        NetworkFrameCounter = record.NetworkFrameCounter;
        ApsFrameCounter = record.ApsFrameCounter;
        foreach (NcpKeyRecord key in record.Keys)
        {
            Keys[key.Index] = (key.Eui64, KeyOf(key.Key));
        }

        foreach (NcpChildRecord child in record.Children)
        {
            Children[child.Eui64] = child.NodeId;
        }

        Keep();
    }
}
