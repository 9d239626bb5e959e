using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

namespace DeviceHarness.Drivers.Han;

/// <summary>A home area network, as one adapter of the bench sees it: its nodes, requests to them, and what they tell.</summary>
/// <remarks>
/// It reads the adapter's events in a loop of its own, keeps a directory of the nodes, serves the devices (Basic, Time, Keep-Alive, Key
/// Establishment), and lets devices join whose EUI-64 and install code it was given. Safe for any number of callers. No lock is held while
/// something is waited for.
/// </remarks>
public sealed class HanNetwork : IAsyncDisposable
{
    private readonly IZigBeeAdapter _adapter;
    private readonly TimeProvider _timeProvider;
    private readonly HanDirectory _directory;
    private readonly HanTasks _sending;
    private readonly HanTasks _answering;
    private readonly HanOutbox _outbox;
    private readonly HanJoining _joining;
    private readonly HanProbation? _probation;
    private readonly HanKeyDesk? _keys;
    private readonly AdapterKeyAgreement? _ownKeys;
    private readonly HanMembership _membership;
    private readonly HanMembers _members;
    private readonly HanKeeper? _keeper;
    private readonly HanKeySpread _keySpread;
    private readonly HanDispatch _dispatch;
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private IHanObserver[] _observers = [];
    private Task? _pump;

    /// <summary>Makes a network; nothing is sent before <see cref="StartAsync"/>.</summary>
    /// <param name="options">Adapter, certificates, times and limits.</param>
    public HanNetwork(HanNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        HanSettings settings = options.Settings;
        _adapter = options.Adapter;
        _timeProvider = options.TimeProvider;
        _directory = new HanDirectory(settings.Nodes, _timeProvider);
        // The outbox bounds what it sends; one that ends makes room there before it is forgotten here.
        _sending = new HanTasks(int.MaxValue);
        _answering = new HanTasks(settings.AnswersUnderWay);
        _outbox = new HanOutbox(_adapter, _directory, settings, _sending, _timeProvider);
        _keySpread = new HanKeySpread(_adapter, _outbox, _directory, settings.KeySpreadTime, _timeProvider, Tell);
        _joining = new HanJoining(_adapter, options.Domain, _timeProvider, Tell);
        Zcl = new ZclClient(_outbox, _directory, settings, _timeProvider, _adapter.Port);
        Zdo = new ZdoClient(_outbox, _directory, settings, _timeProvider, _adapter.Port);
        _keeper = options.State is { } state ? new HanKeeper(_adapter, state, _answering, _timeProvider, Tell) : null;
        _probation = options.Establishment is null
            ? null : new HanProbation(_adapter, _directory, _answering, settings.KeyAgreementTime, _timeProvider, Tell);
        _keys = options.Establishment is { } establishment
            ? new HanKeyDesk(establishment, _adapter, _outbox, _directory, _answering, _timeProvider, Tell)
            {
                Keeper = _keeper,
                Probation = _probation,
            }
            : null;
        _ownKeys = options.Establishment?.InAdapter;
        _membership = new HanMembership(_adapter, _directory, Zdo, _keys);
        _members = new HanMembers(_adapter, _directory, _outbox, _timeProvider, Tell)
        {
            Keys = _keys,
            Probation = _probation,
            Keeper = _keeper,
        };
        IHanServer[] servers = [.. options.Servers, .. OwnClusters.All(options.Calendar ?? _timeProvider, options.Establishment)];
        _dispatch = new HanDispatch(_adapter, _outbox, _directory, _answering, _timeProvider, Tell)
        {
            Zcl = Zcl,
            Zdo = Zdo,
            Keys = _keys,
            Joining = _joining,
            Probation = _probation,
            Members = _members,
            Servers = servers,
        };
    }

    /// <summary>The adapter's port, as the rig file names it.</summary>
    public string Port => _adapter.Port;

    /// <summary>What the adapter is; null before it was started.</summary>
    public ZigBeeAdapterIdentity? Identity => _adapter.Identity;

    /// <summary>The network that the adapter is in; null when it is in none, or lost.</summary>
    public ZigBeeNetwork? Network => _adapter.Network;

    /// <summary>The nodes that were heard of, by EUI-64.</summary>
    public IReadOnlyList<HanNode> Nodes => _directory.All;

    /// <summary>Whether devices that join agree on a link key with it; without certificates they do not.</summary>
    public bool AgreesOnKeys => _keys is not null;

    /// <summary>How many messages wait to be sent, as to devices that sleep.</summary>
    public int Waiting => _outbox.Waiting;

    /// <summary>Asks devices by ZCL.</summary>
    public ZclClient Zcl { get; }

    /// <summary>Asks nodes what they are.</summary>
    public ZdoClient Zdo { get; }

    /// <summary>Starts the adapter, which goes on in the network that it has stored, and begins to listen.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">The adapter does not do its work.</exception>
    /// <exception cref="TransportException">The port is missing, busy or gone.</exception>
    /// <exception cref="LocalProtocolException">HAN-025: the adapter is to agree on keys by itself, and cannot.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _adapter.StartAsync(cancellationToken).ConfigureAwait(false);
        _ownKeys?.Bind(_adapter.KeyAgreement ?? throw HanFaults.NoOwnIdentity(_adapter.Port));
        lock (_gate)
        {
            _pump ??= PumpAsync(_closing.Token);
        }

        try
        {
            await KeepAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AdapterException refused) when (refused.Fault == AdapterFault.Refused)
        {
            // Its network can be used, and ends with it.
            Tell(new HanFault(refused, _timeProvider.GetUtcNow()));
        }
    }

    /// <summary>Forms a network, as its trust centre.</summary>
    /// <param name="settings">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    /// <exception cref="ConfigurationException">KEYS-010, -011: its keys cannot be kept.</exception>
    public async Task<ZigBeeNetwork> FormAsync(ZigBeeFormSettings settings, CancellationToken cancellationToken)
    {
        _directory.Clear();
        _probation?.Clear();
        _members.Clear();
        ZigBeeNetwork network = await _adapter.FormAsync(settings, cancellationToken).ConfigureAwait(false);
        await KeepAsync(cancellationToken).ConfigureAwait(false);
        return network;
    }

    /// <summary>The network that was kept; null when none was, or it was given up.</summary>
    /// <exception cref="ConfigurationException">KEYS-010, -011: what was kept cannot be read.</exception>
    public ZigBeeNetwork? Kept => _keeper?.Kept;

    /// <summary>Makes an adapter without a network the trust centre that was kept: another stick in the place of one that broke.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The network, with raised counters; null when none was kept.</returns>
    /// <exception cref="LocalProtocolException">HAN-024: the adapter has another EUI-64 than devices know.</exception>
    /// <exception cref="ConfigurationException">KEYS-010, -011: what was kept cannot be read.</exception>
    /// <exception cref="AdapterException">It is in a network, refuses, or is lost.</exception>
    public Task<ZigBeeNetwork?> RestoreAsync(CancellationToken cancellationToken) =>
        _keeper?.RestoreAsync(cancellationToken) ?? Task.FromResult<ZigBeeNetwork?>(null);

    /// <summary>Joins a network that somebody else formed.</summary>
    /// <param name="settings">Which, as what, and with which key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, did not join, or is lost.</exception>
    public async Task<ZigBeeNetwork> JoinAsync(ZigBeeJoinSettings settings, CancellationToken cancellationToken)
    {
        _directory.Clear();
        return await _adapter.JoinAsync(settings, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the adapter a member of a hub's network: joins it by its install code and agrees on a link key with the hub; one that
    /// is in it already is made sure of, and rejoins when the hub does not hear it.</summary>
    /// <param name="entry">Which network, and the install code.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LocalProtocolException">HAN-008: no network that fits, or several; HAN-009: the adapter is a trust centre
    /// itself.</exception>
    /// <exception cref="DeviceRefusedException">HAN-022: the hub lets nobody in, or not this adapter; HAN-023: no key was agreed
    /// on.</exception>
    /// <exception cref="HanDeliveryException">HAN-016: the hub is not reached, even after a rejoin.</exception>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    public Task<HanEntered> EnterAsync(HanEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _membership.EnterAsync(entry, cancellationToken);
    }

    /// <summary>The hub in whose network the adapter is.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LocalProtocolException">HAN-002: the adapter does not know it.</exception>
    /// <exception cref="AdapterException">It is in no network, or lost.</exception>
    public Task<HanNode> FindTrustCentreAsync(CancellationToken cancellationToken) => _membership.FindAsync(cancellationToken);

    /// <summary>Leaves the network.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await _adapter.LeaveAsync(cancellationToken).ConfigureAwait(false);
        _keeper?.Forget();
        _joining.End();
        _probation?.Clear();
        _members.Clear();
        foreach (HanNode node in _directory.All)
        {
            _outbox.Gone(node.Eui64);
        }

        _directory.Clear();
    }

    /// <summary>Lets the devices of a list join for a while, each with the key of its install code.</summary>
    /// <param name="candidates">The devices; at least one.</param>
    /// <param name="duration">How long, 1 to 254 s.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The window; it closes by itself when it is over.</returns>
    /// <exception cref="LocalProtocolException">HAN-003: the adapter is not the trust centre; HAN-004: a window is open already, here or in
    /// another network that this radio hears.</exception>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    public Task<HanJoinWindow> PermitAsync(
        IReadOnlyList<HanCandidate> candidates, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        return _joining.OpenAsync(candidates, duration, cancellationToken);
    }

    /// <summary>Finds out a node's short address, from the directory or from the adapter's own tables.</summary>
    /// <param name="eui64">The node.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is known of it; null when the adapter does not know it either.</returns>
    /// <exception cref="AdapterException">The adapter is lost.</exception>
    public async Task<HanNode?> FindAsync(ulong eui64, CancellationToken cancellationToken)
    {
        if (_directory.Find(eui64) is { } known)
        {
            return known;
        }

        ushort? nodeId = await _adapter.FindNodeAsync(eui64, cancellationToken).ConfigureAwait(false);
        return nodeId is { } found && _directory.Place(eui64, found) ? _directory.Find(eui64) : null;
    }

    /// <summary>Takes somebody's word for what a node is, as long as it did not tell itself.</summary>
    /// <param name="eui64">The node.</param>
    /// <param name="kind">What it is said to be.</param>
    /// <returns>What is known of it; null when it is not known at all.</returns>
    public HanNode? Suppose(ulong eui64, HanNodeKind kind) =>
        _directory.Change(eui64, node => node.Kind == HanNodeKind.Unknown ? node with { Kind = kind } : node);

    /// <summary>Establishes a link key with a device, as initiator: what a device does that joined somebody else's network.</summary>
    /// <param name="target">The device and its endpoint.</param>
    /// <param name="cancellationToken">Ends the wait; the exchange goes on.</param>
    /// <returns>How it ended; its key is in the adapter.</returns>
    /// <exception cref="LocalProtocolException">HAN-005: no certificate is held; HAN-026: there is no room for another
    /// exchange.</exception>
    /// <exception cref="HarnessException">A message did not reach the device, or the adapter refuses the key.</exception>
    public Task<EstablishmentResult> EstablishKeyAsync(HanTarget target, CancellationToken cancellationToken) =>
        _keys is { } keys ? keys.StartAsync(target, cancellationToken) : throw HanFaults.NoIdentity(_adapter.Port);

    /// <summary>Tells a device to leave the network.</summary>
    /// <param name="eui64">The device.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LocalProtocolException">HAN-002: it has no short address here.</exception>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    public Task RemoveAsync(ulong eui64, CancellationToken cancellationToken)
    {
        HanNode node = _directory.Find(eui64) ?? throw HanFaults.UnknownNode(_adapter.Port, eui64);
        return _adapter.RemoveDeviceAsync(node.NodeId, eui64, cancellationToken);
    }

    /// <summary>The devices that belong to the network of which the adapter is the trust centre: who shares a link key with it, and who
    /// joined and has time to agree on one; without certificates, whoever was heard. The adapter itself is none of them.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The devices, by EUI-64.</returns>
    /// <exception cref="LocalProtocolException">HAN-003: the adapter is not the trust centre.</exception>
    /// <exception cref="AdapterException">It is lost.</exception>
    public Task<IReadOnlyList<HanNetworkMember>> ListMembersAsync(CancellationToken cancellationToken)
    {
        RequireTrustCentre();
        return _members.ListAsync(cancellationToken);
    }

    /// <summary>Removes a device from the network, one that is broken or away too: tells it to leave if it can be told, and forgets its
    /// link key. It is in no list of members before it joins anew.</summary>
    /// <param name="eui64">The device.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LocalProtocolException">HAN-003: the adapter is not the trust centre.</exception>
    /// <exception cref="AdapterException">It is lost.</exception>
    /// <exception cref="ConfigurationException">KEYS-010, -011: the keys that are left cannot be kept.</exception>
    public Task ForgetAsync(ulong eui64, CancellationToken cancellationToken)
    {
        RequireTrustCentre();
        return _members.ForgetAsync(eui64, cancellationToken);
    }

    /// <summary>Measures how much energy is on each channel.</summary>
    /// <param name="channels">The channels as bits, 11 to 26.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    public Task<IReadOnlyList<ZigBeeChannelEnergy>> ScanEnergyAsync(uint channels, CancellationToken cancellationToken) =>
        _adapter.ScanEnergyAsync(channels, cancellationToken);

    /// <summary>Looks for networks.</summary>
    /// <param name="channels">The channels as bits, 11 to 26.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    public Task<IReadOnlyList<ZigBeeFoundNetwork>> ScanNetworksAsync(uint channels, CancellationToken cancellationToken) =>
        _adapter.ScanNetworksAsync(channels, cancellationToken);

    /// <summary>What is known of the network key; never the key itself.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    public Task<ZigBeeNetworkKeyState> GetNetworkKeyStateAsync(CancellationToken cancellationToken) =>
        _adapter.GetNetworkKeyStateAsync(cancellationToken);

    /// <summary>Gives the network a new key: sends it to all, to each sleeping device once more at its next wake, and has all switch to
    /// it.</summary>
    /// <param name="cancellationToken">Ends the wait; the network goes on with the key that is in use.</param>
    /// <returns>The number of the key now in use.</returns>
    /// <remarks>Source: this harness's ZigBee guide 11.2. It takes as long as the sleeping devices do,
    /// <see cref="HanSettings.WakeInterval"/> and a minute at most; one that does not wake in that time is told as a
    /// <see cref="HanFault"/>, and is deaf until it rejoins by its link key: ask each.</remarks>
    /// <exception cref="LocalProtocolException">HAN-003: the adapter is not the trust centre.</exception>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    /// <exception cref="ConfigurationException">KEYS-010, -011: the key cannot be kept.</exception>
    public async Task<byte> RotateNetworkKeyAsync(CancellationToken cancellationToken)
    {
        RequireTrustCentre();
        byte sequence = await _keySpread.RotateAsync(cancellationToken).ConfigureAwait(false);
        await KeepAsync(cancellationToken).ConfigureAwait(false);
        return sequence;
    }

    /// <summary>Tells somebody what the network tells, from now on.</summary>
    /// <param name="observer">Who is told, in the order in which it happened.</param>
    /// <returns>Dispose of it to be told no more.</returns>
    public IDisposable Observe(IHanObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        lock (_gate)
        {
            _observers = [.. _observers, observer];
        }

        return new Subscription(this, observer);
    }

    /// <summary>Does something beside the loop that takes events.</summary>
    /// <param name="act">What to do; a fault of it is told to the observers.</param>
    /// <returns>False when too much is under way.</returns>
    internal bool TryBeside(Func<CancellationToken, Task> act) => _dispatch.TryBeside(act);

    /// <summary>Answers a message later than a server may.</summary>
    /// <param name="message">The message.</param>
    /// <param name="frame">The ZCL frame; it goes out under the protection that the message had.</param>
    internal void Answer(HanMessage message, ReadOnlyMemory<byte> frame) => _dispatch.Answer(message, frame);

    /// <summary>Ends all requests, and closes the adapter. The network stays as it is.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        Task? pump;
        lock (_gate)
        {
            pump = _pump;
        }

        if (pump is not null)
        {
            await pump.ConfigureAwait(false);
        }

        LocalProtocolException closed = HanFaults.Closed(_adapter.Port);
        _joining.End();
        _probation?.Dispose();
        _keys?.Dispose();
        _outbox.Fail(closed);
        Zcl.Fail(closed);
        Zdo.Fail(closed);
        // The hourly keeping is one of these: it ends before what it works with does.
        await _answering.DisposeAsync().ConfigureAwait(false);
        if (_keeper is not null)
        {
            await _keeper.DisposeAsync().ConfigureAwait(false);
        }

        await _sending.DisposeAsync().ConfigureAwait(false);
        await _adapter.DisposeAsync().ConfigureAwait(false);
        _closing.Dispose();
    }

    private void RequireTrustCentre()
    {
        if (_adapter.Network is not { Role: ZigBeeRole.Coordinator })
        {
            throw HanFaults.NotTrustCentre(_adapter.Port);
        }
    }

    private Task KeepAsync(CancellationToken cancellationToken) => _keeper?.KeepAsync(cancellationToken) ?? Task.CompletedTask;

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        // Not in the middle of the start: the caller's continuation is not ours.
        await Task.Yield();
        try
        {
            while (true)
            {
                _dispatch.Take(await _adapter.ReadEventAsync(cancellationToken).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Closed: nobody is told anything more.
        }
    }

    private void Tell(HanEvent told)
    {
        foreach (IHanObserver observer in Volatile.Read(ref _observers))
        {
            observer.Told(told);
        }
    }

    private void Remove(IHanObserver observer)
    {
        lock (_gate)
        {
            _observers = [.. _observers.Where(other => !ReferenceEquals(other, observer))];
        }
    }

    private sealed class Subscription(HanNetwork network, IHanObserver observer) : IDisposable
    {
        public void Dispose() => network.Remove(observer);
    }
}
