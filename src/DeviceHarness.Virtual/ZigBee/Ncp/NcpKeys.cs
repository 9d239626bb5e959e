using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.Radio;

namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>The keys of an adapter: network key and its change, link keys, keys for devices that are about to join.</summary>
internal sealed class NcpKeys
{
    private const byte AnyEntry = 0xFF;
    private const byte LastOldVersion = 12;
    private const byte FirstSecurityManager = 12;
    private const int MaximumTransientKeys = 32;
    private const ulong AnyDevice = ulong.MaxValue;

    private readonly INcpHost _host;
    private readonly NcpSettings _settings;
    private readonly Func<bool> _isNetworkUp;
    private readonly Dictionary<ulong, (EzspKey Key, TimeSpan Until)> _transient = [];
    private TimeSpan? _nextKeySentAt;

    public NcpKeys(INcpHost host, NcpSettings settings, Func<bool> isNetworkUp, EzspCommandTable table)
    {
        _host = host;
        _settings = settings;
        _isNetworkUp = isNetworkUp;
        AddSecurityState(table);
        AddKeyTable(table);
        AddSecurityManager(table);
        AddNetworkKey(table);
        table.On(
            EzspCommands.AddTransientLinkKey,
            request => new EmberStatusParameter(TakeTransient(request.Eui64, request.Key)), 5, LastOldVersion);
        table.On(EzspCommands.ClearTransientLinkKeys, _ =>
        {
            _transient.Clear();
            return new NoParameters();
        });
        table.On(EzspCommands.SendTrustCenterLinkKey, _ => new EmberStatusParameter(EmberStatus.Success));
        table.On(EzspCommands.UpdateTcLinkKey, _ => new EmberStatusParameter(EmberStatus.InvalidCall));
        table.On(EzspCommands.RequestLinkKey, _ => new EmberStatusParameter(EmberStatus.InvalidCall));
    }

    /// <summary>Whether the initial security state is set.</summary>
    public bool IsSecuritySet { get; private set; }

    private NcpTokens Tokens => _host.Tokens;

    /// <summary>The adapter restarted: keys for joining devices are gone.</summary>
    public void Reset()
    {
        _transient.Clear();
        _nextKeySentAt = null;
        IsSecuritySet = false;
    }

    /// <summary>The link key that the key table holds for a device; null when it holds none.</summary>
    public EzspKey? RenewedKeyOf(ulong eui64) => Find(eui64) is { Index: >= 0 } entry ? entry.Key : null;

    /// <summary>The link key under which a joining device gets the network key; null when it gets none.</summary>
    public EzspKey? JoiningKeyOf(ulong eui64, bool needsOwnKey)
    {
        foreach (ulong candidate in needsOwnKey ? new[] { eui64 } : [eui64, AnyDevice])
        {
            if (_transient.TryGetValue(candidate, out (EzspKey Key, TimeSpan Until) found) && found.Until > _host.Now)
            {
                return found.Key;
            }
        }

        if (Find(eui64) is { Index: >= 0 } entry)
        {
            return entry.Key;
        }

        bool isGlobal = Tokens.Security.Bits.HasFlag(EmberInitialSecurityBits.TrustCenterGlobalLinkKey)
            && !Tokens.Security.Bits.HasFlag(EmberInitialSecurityBits.TrustCenterUsesHashedLinkKey);
        return isGlobal && !needsOwnKey ? Tokens.Security.PreconfiguredKey : null;
    }

    /// <summary>Whether a message to a device can be encrypted by a link key.</summary>
    public bool HasLinkKey(ulong? eui64) => eui64 is ulong partner
        && (Find(partner).Index >= 0 || JoiningKeyOf(partner, false) is not null
            || Tokens.Security.Bits.HasFlag(EmberInitialSecurityBits.TrustCenterGlobalLinkKey));

    /// <summary>Keeps a link key that the adapter agreed on by itself.</summary>
    /// <param name="eui64">The partner.</param>
    /// <param name="key">The key.</param>
    public EmberStatus StoreLinkKey(ulong eui64, EzspKey key) => Put(AnyEntry, eui64, key);

    /// <summary>The trust centre of the network that the adapter joined sends the next network key.</summary>
    public void TakeNextNetworkKey(EzspKey key)
    {
        Tokens.NextNetworkKey = key;
        Tokens.Keep();
    }

    /// <summary>That trust centre has everybody switch; without the next key the adapter goes on with the old.</summary>
    public void SwitchNetworkKey()
    {
        if (!Tokens.NextNetworkKey.IsZero)
        {
            TakeIntoUse(NextSequence);
        }
    }

    private void AddSecurityState(EzspCommandTable table)
    {
        table.On(EzspCommands.SetInitialSecurityState, request =>
        {
            if (_isNetworkUp())
            {
                return new EmberStatusParameter(EmberStatus.InvalidCall);
            }

            EmberInitialSecurityState state = request.State;
            if (!state.Bits.HasFlag(EmberInitialSecurityBits.HaveNetworkKey))
            {
                state = state with { NetworkKey = RandomKey() };
            }

            Tokens.Security = state;
            if (!state.Bits.HasFlag(EmberInitialSecurityBits.NoFrameCounterReset))
            {
                Tokens.SetNetworkFrameCounter(0);
                Tokens.SetApsFrameCounter(0);
            }

            IsSecuritySet = true;
            return new EmberStatusParameter(EmberStatus.Success);
        });
        table.On(EzspCommands.GetCurrentSecurityState, _ => _isNetworkUp()
            ? new CurrentSecurityStateResponse(EmberStatus.Success, (ushort)Tokens.Security.Bits, TrustCenter)
            : new CurrentSecurityStateResponse(EmberStatus.NotJoined, 0, 0));
        table.On(EzspCommands.GetKey, request => KeyOf((EmberKeyType)request.Value), 0, LastOldVersion);
    }

    private void AddKeyTable(EzspCommandTable table)
    {
        table.On(EzspCommands.GetKeyTableEntry, request => Entry(request.Value), 0, LastOldVersion);
        table.On(
            EzspCommands.SetKeyTableEntry,
            request => new EmberStatusParameter(Put(request.Index, request.Eui64, request.Key)), 0, LastOldVersion);
        table.On(
            EzspCommands.AddOrUpdateKeyTableEntry,
            request => new EmberStatusParameter(Put(AnyEntry, request.Eui64, request.Key)), 0, LastOldVersion);
        table.On(EzspCommands.FindKeyTableEntry, request => new OctetParameter(
            request.Eui64 == 0 ? FreeIndex() ?? AnyEntry : Find(request.Eui64).Index is var index and >= 0 ? (byte)index : AnyEntry));
        table.On(EzspCommands.EraseKeyTableEntry, request =>
        {
            bool isErased = Tokens.Keys.Remove(request.Value);
            Tokens.Keep();
            return new EmberStatusParameter(isErased ? EmberStatus.Success : EmberStatus.IndexOutOfRange);
        });
        table.On(EzspCommands.ClearKeyTable, _ =>
        {
            Tokens.Keys.Clear();
            Tokens.Keep();
            return new EmberStatusParameter(EmberStatus.Success);
        });
    }

    private void AddSecurityManager(EzspCommandTable table)
    {
        table.On(
            EzspCommands.ImportTransientKey, request => new SlStatusParameter(TakeTransient(request.Eui64, request.Key)),
            FirstSecurityManager);
        table.On(
            EzspCommands.ImportLinkKey, request => new SlStatusParameter(Put(request.Index, request.Eui64, request.Key)),
            FirstSecurityManager);
        table.On(EzspCommands.ExportLinkKeyByEui, request => ByEui(request.Eui64), FirstSecurityManager);
        table.On(EzspCommands.ExportLinkKeyByIndex, request => ByIndex(request.Value), FirstSecurityManager);
        table.On(EzspCommands.ExportKey, request => Export(request.Context), FirstSecurityManager);
        table.On(EzspCommands.ImportKey, request => new SlStatusParameter(Import(request)), FirstSecurityManager);
        table.On(EzspCommands.GetNetworkKeyInfo, _ => new NetworkKeyInfoResponse(
            SlStatus.Ok, _isNetworkUp(), !Tokens.NextNetworkKey.IsZero, Tokens.Security.NetworkKeySequence,
            Tokens.NextNetworkKey.IsZero ? (byte)0 : NextSequence, Tokens.NetworkFrameCounter), FirstSecurityManager);
        table.On(EzspCommands.GetApsKeyInfo, request => Find(request.Context.Eui64) is { Index: >= 0 }
            ? new ApsKeyInfoResponse(SlStatus.Ok, Metadata, request.Context)
            : new ApsKeyInfoResponse(SlStatus.NotFound, default, request.Context), FirstSecurityManager);
    }

    private void AddNetworkKey(EzspCommandTable table)
    {
        table.On(EzspCommands.BroadcastNextNetworkKey, request =>
        {
            if (!_isNetworkUp())
            {
                return new EmberStatusParameter(EmberStatus.InvalidCall);
            }

            Tokens.NextNetworkKey = request.Key.IsZero ? RandomKey() : request.Key;
            Tokens.Keep();
            _nextKeySentAt = _host.Now;
            EzspKey next = Tokens.NextNetworkKey;
            ToDevices((device, _) => device.TakeNextNetworkKey(next));
            return new EmberStatusParameter(EmberStatus.Success);
        });
        table.On(EzspCommands.BroadcastNetworkKeySwitch, _ => new EmberStatusParameter(Switch()));
        table.On(EzspCommands.UnicastNwkKeyUpdate, request =>
        {
            VirtualHanDevice? device = _host.Radio.FindByEui64(request.DestinationEui64) as VirtualHanDevice;
            TimeSpan heard = device is { NodeType: EmberNodeType.SleepyEndDevice }
                ? device.NextPoll(_host.Now) - _host.Now
                : TimeSpan.Zero;
            if (heard <= _host.Radio.IndirectTimeout)
            {
                _host.Later(heard, () => device?.TakeNextNetworkKey(request.Key));
            }

            return new EmberStatusParameter(device is null ? EmberStatus.BadArgument : EmberStatus.Success);
        });
    }

    private ulong TrustCenter =>
        Tokens.NodeType == EmberNodeType.Coordinator ? _host.Options.Eui64 : Tokens.Security.TrustCenterEui64;

    private byte NextSequence => (byte)(Tokens.Security.NetworkKeySequence + 1);

    private SecurityManagerKeyMetadata Metadata => new(0, Tokens.ApsFrameCounter, 0, 0);

    private int TableSize => _settings.ValueOf(EzspConfigurationId.KeyTableSize);

    private EmberStatus Switch()
    {
        if (!_isNetworkUp() || Tokens.NextNetworkKey.IsZero)
        {
            return EmberStatus.InvalidCall;
        }

        if (_nextKeySentAt is TimeSpan sent && _host.Now < sent + _host.Options.KeySwitchTime)
        {
            return EmberStatus.TooSoonForSwitchKey;
        }

        byte sequence = NextSequence;

        // The order to switch goes out under the old key.
        ToDevices((device, _) => device.SwitchNetworkKey());
        TakeIntoUse(sequence);
        return EmberStatus.Success;
    }

    private void TakeIntoUse(byte sequence)
    {
        Tokens.Security = Tokens.Security with { NetworkKey = Tokens.NextNetworkKey, NetworkKeySequence = sequence };
        Tokens.NextNetworkKey = default;
        Tokens.SetNetworkFrameCounter(0);
        _host.Later(TimeSpan.Zero, () => _host.Tell(EzspCallbacks.SwitchNetworkKeyHandler, new OctetParameter(sequence)));
    }

    private void ToDevices(Action<VirtualHanDevice, TimeSpan> reached)
    {
        if (_host.Radio.FindByEui64(_host.Options.Eui64) is { } self)
        {
            _host.Radio.Reach(self, RadioFrame.ToAll, _host.Now, (node, time) =>
            {
                if (node is VirtualHanDevice device)
                {
                    reached(device, time);
                }
            });
        }
    }

    private EmberStatus TakeTransient(ulong eui64, EzspKey key)
    {
        foreach (ulong old in _transient.Where(entry => entry.Value.Until <= _host.Now).Select(entry => entry.Key).ToArray())
        {
            _transient.Remove(old);
        }

        if (_transient.Count >= MaximumTransientKeys && !_transient.ContainsKey(eui64))
        {
            return EmberStatus.NoBuffers;
        }

        TimeSpan lasting = TimeSpan.FromSeconds(_settings.ValueOf(EzspConfigurationId.TransientKeyTimeout));
        _transient[eui64] = (key, _host.Now + lasting);
        return EmberStatus.Success;
    }

    private (int Index, EzspKey Key) Find(ulong eui64)
    {
        foreach ((byte index, (ulong partner, EzspKey key)) in Tokens.Keys)
        {
            if (partner == eui64)
            {
                return (index, key);
            }
        }

        return (-1, default);
    }

    private byte? FreeIndex()
    {
        for (int index = 0; index < TableSize; index++)
        {
            if (!Tokens.Keys.ContainsKey((byte)index))
            {
                return (byte)index;
            }
        }

        return null;
    }

    private EmberStatus Put(byte index, ulong eui64, EzspKey key)
    {
        if (index == AnyEntry)
        {
            int known = Find(eui64).Index;
            if (known < 0 && FreeIndex() is null)
            {
                return EmberStatus.TableFull;
            }

            index = known >= 0 ? (byte)known : FreeIndex() ?? AnyEntry;
        }

        if (index >= TableSize)
        {
            return EmberStatus.IndexOutOfRange;
        }

        Tokens.Keys[index] = (eui64, key);
        Tokens.Keep();
        return EmberStatus.Success;
    }

    private KeyResponse Entry(byte index) => index >= TableSize ? new(EmberStatus.IndexOutOfRange, default)
        : Tokens.Keys.TryGetValue(index, out (ulong Eui64, EzspKey Key) entry)
            ? new(EmberStatus.Success, Struct(EmberKeyType.ApplicationLinkKey, entry.Key, entry.Eui64))
        : new(EmberStatus.TableEntryErased, default);

    private KeyResponse KeyOf(EmberKeyType type) => !_isNetworkUp() ? new(EmberStatus.NotJoined, default) : type switch
    {
        EmberKeyType.CurrentNetworkKey => new(EmberStatus.Success, Struct(type, Tokens.Security.NetworkKey, 0)),
        EmberKeyType.NextNetworkKey when !Tokens.NextNetworkKey.IsZero =>
            new(EmberStatus.Success, Struct(type, Tokens.NextNetworkKey, 0) with { Sequence = NextSequence }),
        EmberKeyType.TrustCenterLinkKey => new(EmberStatus.Success, Struct(type, Tokens.Security.PreconfiguredKey, TrustCenter)),
        _ => new(EmberStatus.InvalidCall, default),
    };

    private EmberKeyStruct Struct(EmberKeyType type, EzspKey key, ulong partner)
    {
        bool isNetwork = type is EmberKeyType.CurrentNetworkKey or EmberKeyType.NextNetworkKey;
        const ushort NetworkFields = 3;
        const ushort LinkFields = 14;
        return new(
            isNetwork ? NetworkFields : LinkFields, type, key, isNetwork ? Tokens.NetworkFrameCounter : Tokens.ApsFrameCounter, 0,
            isNetwork ? Tokens.Security.NetworkKeySequence : (byte)0, partner);
    }

    private ExportLinkKeyByEuiResponse ByEui(ulong eui64)
    {
        (int index, EzspKey key) = Find(eui64);
        return index < 0
            ? new(SlStatus.NotFound, default, default, default)
            : new(SlStatus.Ok, ContextOf((byte)index, eui64), key, Metadata);
    }

    private ExportLinkKeyByIndexResponse ByIndex(byte index) =>
        Tokens.Keys.TryGetValue(index, out (ulong Eui64, EzspKey Key) entry)
            ? new(SlStatus.Ok, ContextOf(index, entry.Eui64), entry.Key, Metadata)
            : new(index < TableSize ? SlStatus.NotFound : SlStatus.InvalidParameter, default, default, default);

    private static SecurityManagerContext ContextOf(byte index, ulong eui64) =>
        new(SecurityManagerKeyType.AppLink, index, 0, eui64, 0, 0, 0);

    private ExportKeyResponse Export(SecurityManagerContext context)
    {
        EzspKey key = context.KeyType switch
        {
            SecurityManagerKeyType.Network => context.KeyIndex == 0 ? Tokens.Security.NetworkKey : Tokens.NextNetworkKey,
            SecurityManagerKeyType.TcLink => Tokens.Security.PreconfiguredKey,
            SecurityManagerKeyType.AppLink => Tokens.Keys.GetValueOrDefault(context.KeyIndex).Key,
            SecurityManagerKeyType.TcLinkWithTimeout => _transient.GetValueOrDefault(context.Eui64).Key,
            _ => default,
        };
        return new(key.IsZero ? SlStatus.NotFound : SlStatus.Ok, key, context);
    }

    private EmberStatus Import(ImportKeyRequest request) => request.Context.KeyType switch
    {
        SecurityManagerKeyType.AppLink => Put(request.Context.KeyIndex, request.Context.Eui64, request.Key),
        SecurityManagerKeyType.TcLinkWithTimeout => TakeTransient(request.Context.Eui64, request.Key),
        _ => EmberStatus.InvalidCall,
    };

    private EzspKey RandomKey()
    {
        byte[] octets = new byte[EzspKey.OctetCount];
        for (int index = 0; index < octets.Length; index++)
        {
            octets[index] = (byte)_host.Radio.Next(256);
        }

        return new EzspKey(octets);
    }
}
