using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.Hub;

namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>The network that an adapter is in: forming, joining, leaving, who may join, and scans.</summary>
internal sealed class NcpNetwork : IHanCoordinator
{
    private const byte FirstChannel = 11;
    private const byte LastChannel = 26;
    private const ushort LastShortAddress = 0xFFF7;
    private const ushort NoAddress = 0xFFFF;
    private const byte ForEver = 0xFF;
    private const byte UsedPreconfiguredKey = 0;
    private const byte Denied = 2;
    private const int QuietRssiDbm = -95;
    private const int RssiSpread = 20;
    private const double ScanUnitMs = 15.36;

    private readonly INcpHost _host;
    private readonly NcpSettings _settings;
    private readonly NcpKeys _keys;
    private int _permitRound;
    private bool _isLeaving;
    private bool _isComing;

    public NcpNetwork(INcpHost host, NcpSettings settings, NcpKeys keys, EzspCommandTable table)
    {
        _host = host;
        _settings = settings;
        _keys = keys;
        table.On(EzspCommands.NetworkInit, _ => Init());
        table.On(EzspCommands.NetworkState, _ => new NetworkStateResponse(State));
        table.On(EzspCommands.FormNetwork, request => Form(request.Parameters));
        table.On(EzspCommands.JoinNetwork, Join);
        table.On(EzspCommands.LeaveNetwork, _ => Leave());
        table.On(EzspCommands.FindAndRejoinNetwork, request => Rejoin(request.HasCurrentNetworkKey));
        table.On(EzspCommands.PermitJoining, request => Permit(request.Value));
        table.On(EzspCommands.StartScan, Scan);
        table.On(EzspCommands.GetEui64, _ => new Eui64Parameter(_host.Options.Eui64));
        table.On(EzspCommands.GetNodeId, _ => new WordParameter(IsUp ? _host.Tokens.NodeId : (ushort)0xFFFE));
        table.On(EzspCommands.GetNetworkParameters, _ => IsUp
            ? new GetNetworkParametersResponse(EmberStatus.Success, _host.Tokens.NodeType, _host.Tokens.Parameters)
            : new GetNetworkParametersResponse(EmberStatus.NotJoined, EmberNodeType.Unknown, default));
        table.On(EzspCommands.GetParentChildParameters, _ => new ParentChildParameters((byte)ChildCount, 0, NoAddress));
        table.On(EzspCommands.LookupNodeIdByEui64, request => new WordParameter(NodeIdOf(request.Eui64)));
        table.On(EzspCommands.LookupEui64ByNodeId, LookupEui64);
        table.On(EzspCommands.PollForData, _ => new EmberStatusParameter(IsUp ? EmberStatus.Success : EmberStatus.NotJoined));
        table.On(EzspCommands.RemoveDevice, Remove);
    }

    /// <summary>Whether the network is up.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Whether devices may join.</summary>
    public bool IsOpen { get; private set; }

    private EmberNetworkStatus State => IsUp && _isLeaving ? EmberNetworkStatus.LeavingNetwork
        : IsUp ? EmberNetworkStatus.JoinedNetwork
        : _isComing ? EmberNetworkStatus.JoiningNetwork
        : EmberNetworkStatus.NoNetwork;

    private VirtualHanHub? Hub => _host.Radio.Nodes.OfType<VirtualHanHub>().FirstOrDefault();

    private IEnumerable<NeighbourNetwork> Neighbours =>
        Hub is { } hub ? [.. _host.Options.Neighbours, hub.Beacon] : _host.Options.Neighbours;

    private IEnumerable<VirtualHanDevice> Devices => _host.Radio.Nodes.OfType<VirtualHanDevice>();

    private int ChildCount => Devices.Count(device => device.IsJoined && device.Place.Parent is null && IsEndDevice(device));

    /// <summary>The adapter restarted: the network is down until it is told to go on in it.</summary>
    public void Reset()
    {
        IsUp = false;
        IsOpen = false;
        _isLeaving = false;
        _isComing = false;
        _permitRound++;
    }

    /// <summary>The EUI-64 of a short address in the network; null when nobody has it.</summary>
    public ulong? Eui64Of(ushort address) => IsUp && address == _host.Tokens.NodeId ? _host.Options.Eui64
        : _host.Tokens.Children.FirstOrDefault(child => child.Value == address) is { Key: not 0 } found ? found.Key
        : _host.Radio.Find(address)?.Eui64;

    /// <inheritdoc/>
    public HanAdmission Admit(VirtualHanDevice device, EzspKey linkKey, TimeSpan now)
    {
        bool isFull = IsEndDevice(device) && ChildCount >= _settings.ValueOf(EzspConfigurationId.MaxEndDeviceChildren);
        if (!IsUp || !IsOpen || isFull || !_settings.TrustCenter.HasFlag(EzspTrustCenterDecision.AllowJoins))
        {
            return HanAdmission.Refused;
        }

        bool needsOwnKey = _settings.TrustCenter.HasFlag(EzspTrustCenterDecision.JoinsUseInstallCodeKey);
        EzspKey? key = _keys.JoiningKeyOf(device.Eui64, needsOwnKey);
        ushort address = _host.Tokens.Children.TryGetValue(device.Eui64, out ushort known) ? known : FreeAddress();
        ushort parent = device.Place.Parent is ulong eui ? _host.Radio.FindByEui64(eui)?.ShortAddress ?? 0 : (ushort)0;
        _host.Tell(EzspCallbacks.TrustCenterJoinHandler, new TrustCenterJoin(
            address, device.Eui64, EmberDeviceUpdate.StandardSecurityUnsecuredJoin, key is null ? Denied : UsedPreconfiguredKey, parent));
        if (key != linkKey)
        {
            // The network key went out under another link key, or not at all: the device cannot read it and gives up.
            return HanAdmission.Refused;
        }

        _host.Tokens.Children[device.Eui64] = address;
        _host.Tokens.Keep();
        if (IsEndDevice(device) && device.Place.Parent is null)
        {
            _host.Tell(EzspCallbacks.ChildJoinHandler, new ChildJoin(
                (byte)ChildCount, true, address, device.Eui64, device.NodeType));
        }

        WatchPolls(device, now);
        return new HanAdmission(true, address, _host.Tokens.Security.NetworkKey);
    }

    /// <inheritdoc/>
    public HanAdmission Readmit(VirtualHanDevice device, EzspKey linkKey, TimeSpan now)
    {
        EzspTrustCenterDecision policy = _settings.TrustCenter;
        bool isKnown = _host.Tokens.Children.TryGetValue(device.Eui64, out ushort address);
        if (!IsUp || !isKnown || !policy.HasFlag(EzspTrustCenterDecision.AllowUnsecuredRejoins)
            || policy.HasFlag(EzspTrustCenterDecision.IgnoreUnsecuredRejoins))
        {
            return HanAdmission.Refused;
        }

        // A device that is in the network got in under the link key that it holds, unless that was renewed since.
        bool isReadable = _keys.RenewedKeyOf(device.Eui64) is not EzspKey renewed || renewed == linkKey;
        _host.Tell(EzspCallbacks.TrustCenterJoinHandler, new TrustCenterJoin(
            address, device.Eui64, EmberDeviceUpdate.StandardSecurityUnsecuredRejoin, isReadable ? UsedPreconfiguredKey : Denied, 0));
        return isReadable ? new HanAdmission(true, address, _host.Tokens.Security.NetworkKey) : HanAdmission.Refused;
    }

    /// <inheritdoc/>
    public void OnLeft(VirtualHanDevice device, TimeSpan now)
    {
        if (_host.Tokens.Children.Remove(device.Eui64, out ushort address))
        {
            _host.Tokens.Keep();
            _host.Tell(EzspCallbacks.TrustCenterJoinHandler, new TrustCenterJoin(
                address, device.Eui64, EmberDeviceUpdate.DeviceLeft, 0, 0));
        }
    }

    private static bool IsEndDevice(VirtualHanDevice device) =>
        device.NodeType is EmberNodeType.EndDevice or EmberNodeType.SleepyEndDevice;

    private EmberStatusParameter Init()
    {
        if (IsUp)
        {
            return new(EmberStatus.InvalidCall);
        }

        if (!_host.Tokens.HasNetwork)
        {
            return new(EmberStatus.NotJoined);
        }

        foreach (VirtualHanDevice device in Devices)
        {
            if (!_host.Tokens.Children.TryGetValue(device.Eui64, out ushort address))
            {
                continue;
            }

            // A device that is still there kept its own key; one that is new with this process has what the network has.
            if (!device.IsJoined)
            {
                device.Restore(this, address, _host.Tokens.Security.NetworkKey);
            }

            WatchPolls(device, _host.Now);
        }

        Come(() => { });
        return new(EmberStatus.Success);
    }

    private EmberStatusParameter Form(EmberNetworkParameters parameters)
    {
        if (IsUp || _isComing)
        {
            return new(EmberStatus.InvalidCall);
        }

        if (!_keys.IsSecuritySet)
        {
            return new(EmberStatus.SecurityStateNotSet);
        }

        if (parameters.Channel is < FirstChannel or > LastChannel)
        {
            return new(EmberStatus.BadArgument);
        }

        if (Hub is not null)
        {
            // One network is on the radio, and it is the hub's.
            return new(EmberStatus.InvalidCall);
        }

        Come(() =>
        {
            _host.Tokens.Join(EmberNodeType.Coordinator, 0, parameters);
            foreach (VirtualHanDevice device in Devices)
            {
                device.Adopt(this);
            }
        });
        return new(EmberStatus.Success);
    }

    private EmberStatusParameter Join(JoinNetworkRequest request)
    {
        if (IsUp || _isComing)
        {
            return new(EmberStatus.InvalidCall);
        }

        if (!_keys.IsSecuritySet)
        {
            return new(EmberStatus.SecurityStateNotSet);
        }

        if (Hub is { } hub && request.Parameters.ExtendedPanId == hub.Model.ExtendedPanId
            && request.Parameters.Channel == hub.Model.Channel)
        {
            return JoinHub(hub, request);
        }

        NeighbourNetwork? found = _host.Options.Neighbours.FirstOrDefault(neighbour =>
            neighbour.Network.ExtendedPanId == request.Parameters.ExtendedPanId && neighbour.Network.Channel == request.Parameters.Channel);
        EmberStatus refusal = found is null ? EmberStatus.NoBeacons
            : !found.Network.IsAllowingJoin ? EmberStatus.JoinFailed
            : found.LinkKey != _host.Tokens.Security.PreconfiguredKey ? EmberStatus.NoNetworkKeyReceived
            : EmberStatus.Success;
        if (found is null || refusal != EmberStatus.Success)
        {
            _host.Later(_host.Options.NetworkTime, () => TellStatus(refusal));
            return new(EmberStatus.Success);
        }

        _host.Tokens.Security = _host.Tokens.Security with { NetworkKey = found.NetworkKey };
        EmberNetworkParameters parameters = request.Parameters with { PanId = found.Network.PanId };
        Come(() => _host.Tokens.Join(request.NodeType, FreeAddress(), parameters));
        return new(EmberStatus.Success);
    }

    private EmberStatusParameter JoinHub(VirtualHanHub hub, JoinNetworkRequest request)
    {
        HanAdmission admission = hub.Admit(_host.Options.Eui64, _host.Tokens.Security.PreconfiguredKey);
        if (!admission.IsAdmitted)
        {
            _host.Later(_host.Options.NetworkTime, () =>
                TellStatus(hub.IsOpen ? EmberStatus.NoNetworkKeyReceived : EmberStatus.JoinFailed));
            return new(EmberStatus.Success);
        }

        _host.Tokens.Security = _host.Tokens.Security with { NetworkKey = admission.NetworkKey, TrustCenterEui64 = hub.Eui64 };
        EmberNetworkParameters parameters = request.Parameters with { PanId = hub.Model.PanId };
        Come(() => _host.Tokens.Join(request.NodeType, admission.ShortAddress, parameters));
        return new(EmberStatus.Success);
    }

    private EmberStatusParameter Rejoin(bool isSecured)
    {
        if (!_host.Tokens.HasNetwork || _host.Tokens.NodeType == EmberNodeType.Coordinator)
        {
            return new(EmberStatus.InvalidCall);
        }

        IsUp = false;
        if (Hub is { } hub && !TryReturn(hub, isSecured))
        {
            _host.Later(_host.Options.NetworkTime, () => TellStatus(isSecured ? EmberStatus.MoveFailed : EmberStatus.NoNetworkKeyReceived));
            return new(EmberStatus.Success);
        }

        Come(() => { });
        return new(EmberStatus.Success);
    }

    /// <summary>Whether the hub takes the adapter back: under the network key in use, or under the link key that they share.</summary>
    private bool TryReturn(VirtualHanHub hub, bool isSecured)
    {
        if (isSecured)
        {
            return _host.Tokens.Security.NetworkKey == hub.NetworkKey;
        }

        EzspKey linkKey = _keys.RenewedKeyOf(hub.Eui64) ?? _host.Tokens.Security.PreconfiguredKey;
        if (hub.Readmit(_host.Options.Eui64, linkKey) is not { IsAdmitted: true } admission)
        {
            return false;
        }

        _host.Tokens.Security = _host.Tokens.Security with { NetworkKey = admission.NetworkKey };
        _host.Tokens.NextNetworkKey = default;
        _host.Tokens.Keep();
        return true;
    }

    private void Come(Action first)
    {
        _isComing = true;
        _host.Later(_host.Options.NetworkTime, () =>
        {
            first();
            _isComing = false;
            IsUp = true;
            TellStatus(EmberStatus.NetworkUp);
        });
    }

    private EmberStatusParameter Leave()
    {
        if (!IsUp)
        {
            return new(EmberStatus.NotJoined);
        }

        _isLeaving = true;
        _host.Later(_host.Options.NetworkTime, () =>
        {
            Reset();
            if (_host.Tokens.NodeType == EmberNodeType.Coordinator)
            {
                foreach (VirtualHanDevice device in Devices)
                {
                    device.Orphan();
                }
            }
            else
            {
                Hub?.OnLeft(_host.Options.Eui64);
            }

            _keys.Reset();
            _host.Tokens.Leave();
            TellStatus(EmberStatus.NetworkDown);
        });
        return new(EmberStatus.Success);
    }

    private EmberStatusParameter Permit(byte seconds)
    {
        if (!IsUp)
        {
            return new(EmberStatus.InvalidCall);
        }

        bool wasOpen = IsOpen;
        IsOpen = seconds != 0;
        int round = ++_permitRound;
        if (IsOpen)
        {
            _host.Later(TimeSpan.Zero, () => TellStatus(EmberStatus.NetworkOpened));
            foreach (VirtualHanDevice device in Devices)
            {
                device.NetworkOpened(this, _host.Now);
            }
        }
        else if (wasOpen)
        {
            _host.Later(TimeSpan.Zero, () => TellStatus(EmberStatus.NetworkClosed));
        }

        if (IsOpen && seconds != ForEver)
        {
            _host.Later(TimeSpan.FromSeconds(seconds), () => CloseAfter(round));
        }

        return new(EmberStatus.Success);
    }

    private void CloseAfter(int round)
    {
        if (round == _permitRound)
        {
            IsOpen = false;
            TellStatus(EmberStatus.NetworkClosed);
        }
    }

    private SlStatusParameter Scan(StartScanRequest request)
    {
        byte[] channels =
        [
            .. Enumerable.Range(FirstChannel, LastChannel - FirstChannel + 1)
                .Where(channel => (request.Channels & (1u << channel)) != 0).Select(channel => (byte)channel),
        ];
        if (channels.Length == 0 || request.Type > 1 || request.DurationExponent > 14)
        {
            return new(SlStatus.InvalidParameter);
        }

        TimeSpan each = TimeSpan.FromMilliseconds(ScanUnitMs * ((1 << request.DurationExponent) + 1));
        for (int index = 0; index < channels.Length; index++)
        {
            byte channel = channels[index];
            _host.Later(each * (index + 1), () => ScanChannel(request.Type, channel));
        }

        _host.Later(each * channels.Length, () =>
            _host.Tell(EzspCallbacks.ScanCompleteHandler, new ScanComplete(channels[^1], EmberStatus.Success)));
        return new(SlStatus.Ok);
    }

    private void ScanChannel(byte type, byte channel)
    {
        NeighbourNetwork[] heard = [.. Neighbours.Where(neighbour => neighbour.Network.Channel == channel)];
        if (type == 0)
        {
            int rssi = QuietRssiDbm + _host.Radio.Next(RssiSpread) + (heard.Length > 0 ? RssiSpread : 0);
            _host.Tell(EzspCallbacks.EnergyScanResultHandler, new EnergyScanResult(channel, (sbyte)rssi));
            return;
        }

        foreach (NeighbourNetwork neighbour in heard)
        {
            _host.Tell(EzspCallbacks.NetworkFoundHandler, new NetworkFound(neighbour.Network, 180, -60));
        }
    }

    private EmberStatusParameter Remove(RemoveDeviceRequest request)
    {
        if (!IsUp || _host.Tokens.NodeType != EmberNodeType.Coordinator)
        {
            return new(EmberStatus.InvalidCall);
        }

        if (Devices.FirstOrDefault(device => device.Eui64 == request.TargetEui64 && device.IsJoined) is not { } target)
        {
            return new(EmberStatus.BadArgument);
        }

        TimeSpan heard = IsEndDevice(target) && target.NodeType == EmberNodeType.SleepyEndDevice
            ? target.NextPoll(_host.Now) - _host.Now
            : TimeSpan.Zero;
        _host.Later(heard + _host.Options.NetworkTime, () => target.Leave(_host.Now));
        return new(EmberStatus.Success);
    }

    // Who announced itself in a network that the adapter did not let it into is known all the same.
    private ushort NodeIdOf(ulong eui64) => eui64 == _host.Options.Eui64 && IsUp ? _host.Tokens.NodeId
        : _host.Tokens.Children.TryGetValue(eui64, out ushort address) ? address
        : IsUp && _host.Radio.FindByEui64(eui64) is { IsJoined: true } node ? node.ShortAddress
        : NoAddress;

    private LookupEui64Response LookupEui64(WordParameter request) => Eui64Of(request.Value) is ulong eui64
        ? new(EmberStatus.Success, eui64)
        : new(SlStatus.NotFound, ulong.MaxValue);

    private ushort FreeAddress()
    {
        ushort address;
        do
        {
            address = (ushort)(1 + _host.Radio.Next(LastShortAddress - 1));
        }
        while (_host.Tokens.Children.ContainsValue(address));

        return address;
    }

    private void WatchPolls(VirtualHanDevice device, TimeSpan now)
    {
        if (device.NodeType != EmberNodeType.SleepyEndDevice)
        {
            return;
        }

        _host.Later(device.NextPoll(now) - now, () =>
        {
            if (!device.IsJoined)
            {
                return;
            }

            if (_settings.TellsPolls)
            {
                _host.Tell(EzspCallbacks.PollHandler, new ChildPoll(device.ShortAddress, false));
            }

            WatchPolls(device, _host.Now);
        });
    }

    private void TellStatus(EmberStatus status) =>
        _host.Tell(EzspCallbacks.StackStatusHandler, new EmberStatusParameter(status));
}
