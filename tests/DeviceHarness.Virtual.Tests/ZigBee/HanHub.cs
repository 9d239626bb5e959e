using System.Buffers;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using FluentAssertions;

namespace DeviceHarness.Virtual.Tests.ZigBee;

/// <summary>A trust centre behind a virtual adapter, by the test's own hand: it lets devices in by install code, agrees on keys, tells the
/// time, makes mirrors, and notes what else comes.</summary>
internal sealed class HanHub : IDisposable
{
    public const byte MirrorEndpoint = 10;

    private const ushort KeyEstablishment = 0x0800;
    private const ushort Time = 0x000A;
    private const ushort Metering = 0x0702;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<ulong, KeyExchange> _keys = [];
    private readonly Dictionary<ushort, Func<byte, byte[], IEnumerable<ClusterMessage>>> _served = [];
    private readonly TestAuthority _authority;
    private byte _sequence;

    public HanHub(NcpModel model, TestAuthority authority, ICommandLog? log = null, Func<string, VirtualEsme?>? meterOf = null)
    {
        _authority = authority;
        Flashes = model.Devices.ToDictionary(device => device.Name, _ => (IMeterFlash)new MemoryFlash());
        Host = new NcpClient(model, devices: new HanDeviceStores(name => Flashes[name], log ?? NoCommandLog.Instance)
        {
            MeterOf = meterOf ?? (_ => null),
        });
        Host.Negotiate();
        NcpSamples.AddEndpoint(Host);
        Host.Send(EzspCommands.AddEndpoint, new(
            MirrorEndpoint, 0x0109, 0x0501, 0, new ushort[] { 0x0000, Metering, 0x0705 }, Array.Empty<ushort>()));
        Host.Send(EzspCommands.SetConfigurationValue, new(EzspConfigurationId.KeyTableSize, (ushort)(model.Devices.Count + 2)));
        byte decision = (byte)(EzspTrustCenterDecision.AllowJoins | EzspTrustCenterDecision.JoinsUseInstallCodeKey);
        Host.Send(EzspCommands.SetPolicy, new(EzspPolicyId.TrustCenter, decision));
        foreach (HanDeviceModel device in model.Devices)
        {
            Host.Send(EzspCommands.ImportTransientKey, new(device.Eui64, device.LinkKey, 0));
        }

        Host.Form();
    }

    public NcpClient Host { get; }

    public Dictionary<string, IMeterFlash> Flashes { get; }

    /// <summary>What came beside key establishment, time and requests for mirrors: sender, cluster, endpoint and frame.</summary>
    public List<(ulong Sender, ushort Cluster, byte Endpoint, string Frame, bool IsEncrypted)> Heard { get; } = [];

    /// <summary>The functional flags with which reports are answered; null does not answer them.</summary>
    public uint? Flags { get; set; }

    /// <summary>The time that it tells; null for no time.</summary>
    public Func<DateTimeOffset>? Clock { get; set; }

    /// <summary>Has the commands on a cluster answered.</summary>
    public void Serve(ushort cluster, Func<byte, byte[], IEnumerable<ClusterMessage>> answer) => _served[cluster] = answer;

    public KeyExchange? KeysOf(ulong eui64) => _keys.GetValueOrDefault(eui64);

    /// <summary>Lets time pass, and answers what comes.</summary>
    public void Live(TimeSpan time)
    {
        TimeSpan step = time > TimeSpan.FromMinutes(10) ? TimeSpan.FromSeconds(1) : Step;
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += step)
        {
            Host.Pass(step);
            foreach ((EzspHeader header, byte[] parameters) in Host.Callbacks.ToArray())
            {
                if (header.FrameId == EzspCallbacks.IncomingMessageHandler.Id
                    && EzspFrame.ReadParameters(parameters, Host.Version, out IncomingMessage message, out _) == OperationStatus.Done)
                {
                    Take(message);
                }
            }

            Host.Callbacks.Clear();
            foreach ((ulong eui64, KeyExchange keys) in _keys)
            {
                SendKeys(eui64, keys.Tick(Now), 0);
            }
        }
    }

    /// <summary>Sends a frame to a device.</summary>
    public void Tell(ulong eui64, ushort cluster, string frame, bool isEncrypted = true) =>
        Send(eui64, cluster, Convert.FromHexString(frame.Replace(" ", string.Empty, StringComparison.Ordinal)), isEncrypted);

    /// <summary>Sends a frame to a device and gives the first that it answers on that cluster; null when nothing comes.</summary>
    public string? Ask(ulong eui64, ushort cluster, string frame, bool isEncrypted = true)
    {
        Heard.Clear();
        Tell(eui64, cluster, frame, isEncrypted);
        Live(TimeSpan.FromSeconds(2));
        return Heard.Where(heard => heard.Sender == eui64 && heard.Cluster == cluster).Select(heard => heard.Frame).FirstOrDefault();
    }

    /// <summary>Lets time pass until a sleeping device has woken, and answers what it then sends.</summary>
    public void WakeNext(VirtualHanDevice device)
    {
        Host.Pass(device.NextPoll(Now) - Now - TimeSpan.FromSeconds(1));
        Live(TimeSpan.FromSeconds(3));
    }

    public void Dispose()
    {
        foreach (KeyExchange keys in _keys.Values)
        {
            keys.Dispose();
        }
    }

    private TimeSpan Now => Host.Ncp.Act((_, now) => now);

    private void Take(IncomingMessage message)
    {
        byte[] octets = message.Message.ToArray();
        ulong sender = Host.Send(EzspCommands.LookupEui64ByNodeId, new(message.Packet.SenderId)).Eui64;
        if (message.Aps.Profile != 0x0109 || octets.Length < 3)
        {
            return;
        }

        if (message.Aps.Cluster == KeyEstablishment && (octets[0] & 3) == 1)
        {
            ClusterArrival arrival = new(sender, octets[2], octets[3..]) { IsFromServer = (octets[0] & 8) != 0 };
            SendKeys(sender, Exchange(sender).Take(arrival, Now), octets[1]);
        }
        else if (message.Aps.Cluster == Time && octets[0] == 0 && octets[2] == 0 && Clock is { } clock)
        {
            uint seconds = (uint)(clock() - new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds;
            byte[] told = BitConverter.GetBytes(seconds);
            Send(sender, Time, [0x18, octets[1], 1, 0, 0, 0, 0xE2, .. told, 1, 0, 0, 0x18, 3], true);
        }
        else if ((octets[0] & 3) == 1 && _served.TryGetValue(message.Aps.Cluster, out var serve))
        {
            foreach (ClusterMessage said in serve(octets[2], octets[3..]).ToArray())
            {
                Send(sender, message.Aps.Cluster, [0x19, octets[1], said.Command, .. said.Payload], true);
            }
        }
        else
        {
            Heard.Add((sender, message.Aps.Cluster, message.Aps.DestinationEndpoint, Convert.ToHexString(octets),
                message.Aps.Options.HasFlag(EmberApsOptions.Encryption)));
            AnswerMetering(sender, message.Aps.Cluster, octets);
        }
    }

    private void AnswerMetering(ulong sender, ushort cluster, byte[] octets)
    {
        if (cluster == Metering && octets[0] is 0x09 or 0x19 && octets[2] == 0x01)
        {
            Send(sender, Metering, [0x01, octets[1], 0x01, MirrorEndpoint, 0], true);
        }
        else if (cluster == Metering && octets is [0x08, _, 0x0A, ..] && Flags is uint flags)
        {
            Flags = null;
            Send(sender, Metering, [0x01, octets[1], 0x09, 0x02, .. BitConverter.GetBytes(flags)], true);
        }
    }

    private KeyExchange Exchange(ulong partner)
    {
        if (!_keys.TryGetValue(partner, out KeyExchange? keys))
        {
            ulong own = Host.Ncp.Ncp.Eui64;
            KeyExchangeOptions options = new() { Eui64 = own, Identity = _authority.Issue(own), Authority = _authority.Trust };
            keys = new KeyExchange(options, new Random(unchecked((int)partner)).NextBytes);
            _keys.Add(partner, keys);
        }

        return keys;
    }

    private void SendKeys(ulong eui64, IEnumerable<ClusterMessage> messages, byte sequence)
    {
        foreach (ClusterMessage said in messages)
        {
            Send(eui64, KeyEstablishment, [(byte)(said.IsFromServer ? 0x19 : 0x11), sequence, said.Command, .. said.Payload], false);
        }

        if (_keys[eui64].LinkKey is { } key)
        {
            Host.Send(EzspCommands.ImportLinkKey, new(0xFF, eui64, new EzspKey(key.Reveal())));
        }
    }

    private void Send(ulong eui64, ushort cluster, byte[] octets, bool isEncrypted)
    {
        EmberApsOptions options = EmberApsOptions.Retry | (isEncrypted ? EmberApsOptions.Encryption : EmberApsOptions.None);
        Host.Send(EzspCommands.SendUnicast, new(
            EmberOutgoingMessageType.Direct, NcpSamples.AddressOf(Host, eui64), new(0x0109, cluster, 1, 1, options, 0, 0), _sequence++,
            octets)).Status.IsSuccess.Should().BeTrue();
    }
}
