using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Virtual.ZigBee.Devices;

namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>What a host sets up after each reset: configuration, policies, values, endpoints, groups. Nothing of it is kept.</summary>
internal sealed class NcpSettings
{
    private const int MaximumEndpoints = 16;
    private const int MaximumGroups = 32;
    private const byte GeneralAvailability = 0xAA;
    private const ushort Build = 0x0106;

    private static readonly Dictionary<EzspConfigurationId, ushort> Defaults = new()
    {
        [EzspConfigurationId.PacketBufferCount] = 64,
        [EzspConfigurationId.NeighborTableSize] = 16,
        [EzspConfigurationId.ApsUnicastMessageCount] = 32,
        [EzspConfigurationId.BindingTableSize] = 32,
        [EzspConfigurationId.AddressTableSize] = 16,
        [EzspConfigurationId.MulticastTableSize] = 16,
        [EzspConfigurationId.RouteTableSize] = 16,
        [EzspConfigurationId.DiscoveryTableSize] = 8,
        [EzspConfigurationId.StackProfile] = 2,
        [EzspConfigurationId.SecurityLevel] = 5,
        [EzspConfigurationId.MaxHops] = 30,
        [EzspConfigurationId.MaxEndDeviceChildren] = 32,
        [EzspConfigurationId.IndirectTransmissionTimeout] = 7680,
        [EzspConfigurationId.EndDevicePollTimeout] = 8,
        [EzspConfigurationId.TxPowerMode] = 0,
        [EzspConfigurationId.TrustCenterAddressCacheSize] = 2,
        [EzspConfigurationId.SourceRouteTableSize] = 32,
        [EzspConfigurationId.FragmentWindowSize] = 1,
        [EzspConfigurationId.FragmentDelayMs] = 0,
        [EzspConfigurationId.KeyTableSize] = 16,
        [EzspConfigurationId.ApsAckTimeout] = 1600,
        [EzspConfigurationId.ActiveScanDuration] = 3,
        [EzspConfigurationId.RequestKeyTimeout] = 0,
        [EzspConfigurationId.CertificateTableSize] = 1,
        [EzspConfigurationId.ApplicationZdoFlags] = 0,
        [EzspConfigurationId.BroadcastTableSize] = 15,
        [EzspConfigurationId.SupportedNetworks] = 1,
        [EzspConfigurationId.TransientKeyTimeout] = 300,
    };

    private static readonly HashSet<EzspConfigurationId> Tables =
    [
        EzspConfigurationId.PacketBufferCount, EzspConfigurationId.NeighborTableSize, EzspConfigurationId.BindingTableSize,
        EzspConfigurationId.AddressTableSize, EzspConfigurationId.MulticastTableSize, EzspConfigurationId.RouteTableSize,
        EzspConfigurationId.KeyTableSize, EzspConfigurationId.SourceRouteTableSize, EzspConfigurationId.BroadcastTableSize,
        EzspConfigurationId.MaxEndDeviceChildren,
    ];

    private readonly INcpHost _host;
    private readonly Func<bool> _isNetworkUp;
    private readonly Dictionary<EzspConfigurationId, ushort> _configuration = [];
    private readonly Dictionary<EzspPolicyId, byte> _policies = [];
    private readonly Dictionary<EzspValueId, byte[]> _values = [];
    private readonly SortedDictionary<byte, HanEndpoint> _endpoints = [];
    private readonly Dictionary<byte, ushort> _groups = [];

    public NcpSettings(INcpHost host, Func<bool> isNetworkUp, EzspCommandTable table)
    {
        _host = host;
        _isNetworkUp = isNetworkUp;
        table.On(EzspCommands.SetConfigurationValue, Set);
        table.On(EzspCommands.GetConfigurationValue, Get);
        table.On(EzspCommands.SetPolicy, SetPolicy);
        table.On(EzspCommands.GetPolicy, GetPolicy);
        table.On(EzspCommands.SetValue, SetValue);
        table.On(EzspCommands.GetValue, GetValue);
        table.On(EzspCommands.GetExtendedValue, GetExtendedValue);
        table.On(EzspCommands.AddEndpoint, AddEndpoint);
        table.On(EzspCommands.SetMulticastTableEntry, SetGroup);
        table.On(EzspCommands.SetManufacturerCode, request =>
        {
            ManufacturerCode = request.Value;
            return new SetManufacturerCodeResponse(EmberStatus.Success);
        });
        table.On(EzspCommands.SetConcentrator, _ => new EmberStatusParameter(EmberStatus.Success));
        table.On(EzspCommands.SetSourceRouteDiscoveryMode, _ => new DoubleWordParameter(0));
        table.On(EzspCommands.GetMfgToken, _ => new CountedParameter(Array.Empty<byte>()));
        Clear();
    }

    /// <summary>The manufacturer's code that the host gave.</summary>
    public ushort ManufacturerCode { get; private set; }

    /// <summary>The host's endpoints.</summary>
    public IReadOnlyCollection<HanEndpoint> Endpoints => _endpoints.Values;

    /// <summary>Whether callbacks wait to be asked for.</summary>
    public bool HasSynchronousCallbacks => _values.TryGetValue(EzspValueId.UartSynchCallbacks, out byte[]? value) && value is [not 0, ..];

    /// <summary>Whether messageSent carries the message.</summary>
    public bool TellsMessageContents => _policies.GetValueOrDefault(EzspPolicyId.MessageContentsInCallback) == 0x41;

    /// <summary>Whether polls of children are told.</summary>
    public bool TellsPolls => _policies.GetValueOrDefault(EzspPolicyId.PollHandler) is not (0 or 0x30);

    /// <summary>Who may join.</summary>
    public EzspTrustCenterDecision TrustCenter => (EzspTrustCenterDecision)_policies.GetValueOrDefault(EzspPolicyId.TrustCenter);

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _configuration.Clear();
        _values.Clear();
        _endpoints.Clear();
        _groups.Clear();
        _policies.Clear();
        _policies[EzspPolicyId.TrustCenter] = (byte)(EzspTrustCenterDecision.AllowJoins | EzspTrustCenterDecision.AllowUnsecuredRejoins);
        _policies[EzspPolicyId.MessageContentsInCallback] = 0x40;
        ManufacturerCode = 0;
    }

    /// <summary>A configuration value.</summary>
    public ushort ValueOf(EzspConfigurationId id) => _configuration.GetValueOrDefault(id, Defaults[id]);

    /// <summary>Whether one of the host's endpoints is in a group.</summary>
    public bool IsInGroup(ushort group) => _groups.ContainsValue(group);

    private EzspStatusParameter Set(SetConfigurationValueRequest request)
    {
        if (!Defaults.ContainsKey(request.ConfigurationId))
        {
            return new(EzspStatus.InvalidId);
        }

        if (_isNetworkUp() && Tables.Contains(request.ConfigurationId) && request.Value != ValueOf(request.ConfigurationId))
        {
            return new(EzspStatus.InvalidCall);
        }

        _configuration[request.ConfigurationId] = request.Value;
        return new(EzspStatus.Success);
    }

    private GetConfigurationValueResponse Get(OctetParameter request)
    {
        EzspConfigurationId id = (EzspConfigurationId)request.Value;
        return Defaults.ContainsKey(id) ? new(EzspStatus.Success, ValueOf(id)) : new(EzspStatus.InvalidId, 0);
    }

    private EzspStatusParameter SetPolicy(SetPolicyRequest request)
    {
        if (!Enum.IsDefined(request.PolicyId))
        {
            return new(EzspStatus.InvalidId);
        }

        _policies[request.PolicyId] = request.Decision;
        return new(EzspStatus.Success);
    }

    private GetPolicyResponse GetPolicy(OctetParameter request) => Enum.IsDefined((EzspPolicyId)request.Value)
        ? new(EzspStatus.Success, _policies.GetValueOrDefault((EzspPolicyId)request.Value))
        : new(EzspStatus.InvalidId, 0);

    private EzspStatusParameter SetValue(SetValueRequest request)
    {
        if (!Enum.IsDefined(request.ValueId) || request.ValueId == EzspValueId.VersionInfo)
        {
            return new(EzspStatus.InvalidId);
        }

        if (request.ValueId is not (EzspValueId.NwkFrameCounter or EzspValueId.ApsFrameCounter))
        {
            _values[request.ValueId] = request.Value.ToArray();
            return new(EzspStatus.Success);
        }

        if (request.Value.Length != sizeof(uint))
        {
            return new(EzspStatus.InvalidValue);
        }

        if (_isNetworkUp())
        {
            return new(EzspStatus.InvalidCall);
        }

        uint counter = BitConverter.ToUInt32(request.Value.Span);
        if (request.ValueId == EzspValueId.NwkFrameCounter)
        {
            _host.Tokens.SetNetworkFrameCounter(counter);
        }
        else
        {
            _host.Tokens.SetApsFrameCounter(counter);
        }

        return new(EzspStatus.Success);
    }

    private ValueResponse GetValue(OctetParameter request)
    {
        EzspValueId id = (EzspValueId)request.Value;
        byte[]? value = id switch
        {
            EzspValueId.VersionInfo => VersionInfo(),
            EzspValueId.NwkFrameCounter => new WireOctets().DoubleWord(_host.Tokens.NetworkFrameCounter).ToArray(),
            EzspValueId.ApsFrameCounter => new WireOctets().DoubleWord(_host.Tokens.ApsFrameCounter).ToArray(),
            EzspValueId.PrivateKey283K1 => null,
            _ => _values.GetValueOrDefault(id) ?? (Enum.IsDefined(id) ? [0] : null),
        };
        return value is null ? new(EzspStatus.InvalidId, default) : new(EzspStatus.Success, value);
    }

    private byte[] VersionInfo()
    {
        ushort version = _host.Options.StackVersion;
        return new WireOctets().Word(Build)
            .Octet((byte)(version >> 12)).Octet((byte)((version >> 8) & 0xF)).Octet((byte)((version >> 4) & 0xF))
            .Octet((byte)(version & 0xF)).Octet(GeneralAvailability).ToArray();
    }

    // Hosts want two octets also with an error.
    private ValueResponse GetExtendedValue(GetExtendedValueRequest request)
    {
        bool isEndpoint = request.ValueId == 0 && request.Characteristics <= byte.MaxValue
            && _endpoints.ContainsKey((byte)request.Characteristics);
        return isEndpoint ? new(EzspStatus.Success, new byte[] { 1, 0 }) : new(EzspStatus.InvalidValue, new byte[2]);
    }

    private EzspStatusParameter AddEndpoint(AddEndpointRequest request)
    {
        if (request.Endpoint is 0 or byte.MaxValue || _endpoints.ContainsKey(request.Endpoint))
        {
            return new(EzspStatus.InvalidValue);
        }

        if (_endpoints.Count >= MaximumEndpoints)
        {
            return new(EzspStatus.OutOfMemory);
        }

        if (_isNetworkUp())
        {
            return new(EzspStatus.InvalidCall);
        }

        _endpoints[request.Endpoint] = new HanEndpoint(
            request.Endpoint, request.Profile, request.DeviceId, request.DeviceVersion, request.InputClusters.ToArray(),
            request.OutputClusters.ToArray());
        return new(EzspStatus.Success);
    }

    private EmberStatusParameter SetGroup(SetMulticastTableEntryRequest request)
    {
        if (request.Index >= Math.Min(MaximumGroups, (int)ValueOf(EzspConfigurationId.MulticastTableSize)))
        {
            return new(EmberStatus.IndexOutOfRange);
        }

        if (request.Endpoint == 0)
        {
            _groups.Remove(request.Index);
        }
        else
        {
            _groups[request.Index] = request.GroupId;
        }

        return new(EmberStatus.Success);
    }
}
