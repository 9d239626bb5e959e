using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.ZigBeeAdapter.Ash;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>An adapter with EmberZNet NCP firmware.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4 sums it up; made by <see cref="ZigBeeAdapters"/>.</remarks>
internal sealed class EzspAdapter : IZigBeeAdapter, IEzspListener
{
    private const int StartTries = 3;
    private const byte MostPermitSeconds = 254;
    private const int DefaultPayloadOctets = 82;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly ZigBeeAdapterSettings _settings;
    private readonly OpenAdapterPort _open;
    private readonly TimeProvider _timeProvider;
    private readonly EzspCallbackWaits _waits;
    private readonly EzspDeliveries _deliveries = new();
    private readonly EzspEvents _events = new();
    private readonly EzspFragmentDesk _fragments;
    private readonly EzspEventMap _map;
    private readonly EzspMessenger _messenger;
    private readonly SemaphoreSlim _lifecycle = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();

    private IByteTransport? _transport;
    private EzspClient? _client;
    private EzspSession? _session;
    private HarnessException? _lost;
    private Task _recovery = Task.CompletedTask;
    private int _maximumPayload = DefaultPayloadOctets;
    private byte _transaction;

    internal EzspAdapter(ZigBeeAdapterSettings settings, string port, OpenAdapterPort open, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _settings = settings;
        Port = port;
        _open = open;
        _timeProvider = timeProvider;
        _waits = new EzspCallbackWaits(port, timeProvider);
        _messenger = new EzspMessenger(timeProvider);
        _fragments = new EzspFragmentDesk(_events, timeProvider, () => Session);
        _map = new EzspEventMap(_fragments);
    }

    /// <inheritdoc/>
    public string Kind => ZigBeeAdapters.Ezsp;

    /// <inheritdoc/>
    public string Port { get; }

    /// <inheritdoc/>
    public ZigBeeAdapterIdentity? Identity { get; private set; }

    /// <inheritdoc/>
    public ZigBeeNetwork? Network { get; private set; }

    /// <inheritdoc/>
    public IZigBeeKeyAgreement? KeyAgreement { get; private set; }

    private EzspSession Session
    {
        get
        {
            lock (_gate)
            {
                return _session ?? throw _lost
                    ?? new LocalProtocolException("EZSP-001", $"{Port}: the adapter was not started", "Down", "command");
            }
        }
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _lifecycle.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (int tries = 1; ; tries++)
            {
                try
                {
                    await OpenAsync(mayKeepPort: false, cancellationToken).ConfigureAwait(false);
                    return;
                }
                catch (AdapterException lost) when (tries < StartTries && lost.Fault is AdapterFault.Rebooted or AdapterFault.Stopped)
                {
                    // It was reset by something else in the middle: only beginning anew helps.
                }
            }
        }
        finally
        {
            _lifecycle.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask<ZigBeeAdapterEvent> ReadEventAsync(CancellationToken cancellationToken) => _events.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<ZigBeeNetwork> FormAsync(ZigBeeFormSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ZigBeeNetwork network = await EzspNetworkControl.FormAsync(Session, settings, cancellationToken).ConfigureAwait(false);
        Network = network;
        return network;
    }

    /// <inheritdoc/>
    public async Task<ZigBeeNetwork> JoinAsync(ZigBeeJoinSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ZigBeeNetwork network = await EzspNetworkControl.JoinAsync(Session, settings, cancellationToken).ConfigureAwait(false);
        Network = network;
        return network;
    }

    /// <inheritdoc/>
    public async Task<ZigBeeNetwork> RejoinAsync(bool hasNetworkKey, uint channels, CancellationToken cancellationToken)
    {
        ZigBeeNetwork network = await EzspNetworkControl.RejoinAsync(Session, hasNetworkKey, channels, cancellationToken)
            .ConfigureAwait(false);
        Network = network;
        return network;
    }

    /// <inheritdoc/>
    public Task<ulong?> FindTrustCentreAsync(CancellationToken cancellationToken) =>
        EzspNetworkControl.FindTrustCentreAsync(Session, cancellationToken);

    /// <inheritdoc/>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await EzspNetworkControl.LeaveAsync(Session, cancellationToken).ConfigureAwait(false);
        Network = null;
        _map.Clear();
    }

    /// <inheritdoc/>
    public Task PermitJoiningAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, TimeSpan.FromSeconds(MostPermitSeconds));
        byte seconds = (byte)Math.Ceiling(duration.TotalSeconds);
        return EzspNetworkControl.PermitJoiningAsync(Session, seconds, ++_transaction, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ZigBeeChannelEnergy>> ScanEnergyAsync(uint channels, CancellationToken cancellationToken) =>
        EzspNetworkControl.ScanEnergyAsync(Session, channels, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ZigBeeFoundNetwork>> ScanNetworksAsync(uint channels, CancellationToken cancellationToken) =>
        EzspNetworkControl.ScanNetworksAsync(Session, channels, cancellationToken);

    /// <inheritdoc/>
    public Task<ZigBeeDelivery> SendAsync(ZigBeeMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return _messenger.SendAsync(Session, message, _maximumPayload, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ushort?> FindNodeAsync(ulong eui64, CancellationToken cancellationToken) =>
        EzspNetworkControl.FindNodeAsync(Session, eui64, cancellationToken);

    /// <inheritdoc/>
    public Task<ulong?> FindEui64Async(ushort nodeId, CancellationToken cancellationToken) =>
        EzspNetworkControl.FindEui64Async(Session, nodeId, cancellationToken);

    /// <inheritdoc/>
    public Task ImportLinkKeyAsync(ulong eui64, CipherKey key, CancellationToken cancellationToken) =>
        EzspKeyControl.ImportLinkKeyAsync(Session, eui64, key, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> HasLinkKeyAsync(ulong eui64, CancellationToken cancellationToken) =>
        EzspKeyControl.HasLinkKeyAsync(Session, eui64, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> EraseLinkKeyAsync(ulong eui64, CancellationToken cancellationToken) =>
        EzspKeyControl.EraseLinkKeyAsync(Session, eui64, cancellationToken);

    /// <inheritdoc/>
    public Task ImportJoiningKeyAsync(ulong eui64, CipherKey key, CancellationToken cancellationToken) =>
        EzspKeyControl.ImportJoiningKeyAsync(Session, eui64, key, cancellationToken);

    /// <inheritdoc/>
    public Task ClearJoiningKeysAsync(CancellationToken cancellationToken) =>
        EzspKeyControl.ClearJoiningKeysAsync(Session, cancellationToken);

    /// <inheritdoc/>
    public Task<ZigBeeNetworkBackup> BackUpAsync(CancellationToken cancellationToken) =>
        EzspBackup.TakeAsync(Session, Network, Identity?.Eui64 ?? 0, cancellationToken);

    /// <inheritdoc/>
    public async Task<ZigBeeNetwork> RestoreAsync(ZigBeeNetworkBackup backup, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(backup);
        ZigBeeNetwork network = await EzspBackup.PutAsync(Session, backup, cancellationToken).ConfigureAwait(false);
        Network = network;
        return network;
    }

    /// <inheritdoc/>
    public Task<ZigBeeNetworkKeyState> GetNetworkKeyStateAsync(CancellationToken cancellationToken) =>
        EzspKeyControl.StateAsync(Session, cancellationToken);

    /// <inheritdoc/>
    public Task SendNextNetworkKeyAsync(CipherKey key, CancellationToken cancellationToken) =>
        EzspKeyControl.SendNextAsync(Session, key, cancellationToken);

    /// <inheritdoc/>
    public Task SendNextNetworkKeyToAsync(CipherKey key, ushort nodeId, ulong eui64, CancellationToken cancellationToken) =>
        EzspKeyControl.SendNextToAsync(Session, key, nodeId, eui64, cancellationToken);

    /// <inheritdoc/>
    public Task<byte> SwitchNetworkKeyAsync(CancellationToken cancellationToken) =>
        EzspKeyControl.SwitchAsync(Session, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveDeviceAsync(ushort nodeId, ulong eui64, CancellationToken cancellationToken) =>
        EzspNetworkControl.RemoveAsync(Session, nodeId, eui64, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        Task recovery;
        lock (_gate)
        {
            recovery = _recovery;
        }

        await recovery.ConfigureAwait(false);
        await _lifecycle.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        Down(new LocalProtocolException("EZSP-002", $"{Port}: the adapter was closed", "Down", "command"));
        await _fragments.DisposeAsync().ConfigureAwait(false);
        await ClosePortAsync().ConfigureAwait(false);
        _lifecycle.Dispose();
        _closing.Dispose();
    }

    /// <inheritdoc/>
    void IEzspListener.Heard(in EzspHeader header, ReadOnlyMemory<byte> parameters)
    {
        EzspVersion version = _client?.Version ?? EzspVersion.Oldest;
        if (header.FrameId == EzspFrameId.MessageSentHandler
            && EzspFrame.ReadParameters(parameters, version, out MessageSent sent, out _) == System.Buffers.OperationStatus.Done)
        {
            _deliveries.Sent(sent);
            return;
        }

        if (_map.EventOf(header.FrameId, parameters, version) is { } told)
        {
            Network = told is ZigBeeNetworkChanged { IsUp: false } ? null : Network;
            _events.Add(told);
        }

        _waits.Heard(header.FrameId, parameters);
    }

    /// <inheritdoc/>
    void IEzspListener.HeardUnknown(ReadOnlyMemory<byte> frame) => _events.Add(new ZigBeeUnknownFrame(null, frame));

    /// <inheritdoc/>
    void IEzspListener.Overflowed() =>
        _events.Add(new ZigBeeEventsLost("the adapter ran out of memory, and may have lost messages"));

    /// <inheritdoc/>
    void IEzspListener.Lost(HarnessException reason)
    {
        bool wasUp = Down(reason);
        lock (_gate)
        {
            if (wasUp && !_closing.IsCancellationRequested)
            {
                _events.Add(new ZigBeeAdapterLost(reason));
                _recovery = RecoverAsync(reason, _closing.Token);
            }
        }
    }

    /// <summary>Nothing can be asked any more; true when it could before.</summary>
    private bool Down(HarnessException reason)
    {
        bool wasUp;
        lock (_gate)
        {
            wasUp = _session is not null;
            _session = null;
            _lost = reason;
        }

        Network = null;
        _waits.Fail(reason);
        _deliveries.Fail(reason);
        _fragments.Clear();
        return wasUp;
    }

    private async Task RecoverAsync(HarnessException reason, CancellationToken cancellationToken)
    {
        // The loop that found the loss has to end first.
        await Task.Yield();
        bool mayKeepPort = reason is AdapterException;
        TimeSpan delay = mayKeepPort ? TimeSpan.Zero : FirstDelay;
        string told = reason is AdapterException or TransportException ? reason.Message : string.Empty;
        try
        {
            for (int attempt = 1; ; attempt++)
            {
                await Task.Delay(delay, _timeProvider, cancellationToken).ConfigureAwait(false);
                HarnessException? failed = await TryRecoverAsync(attempt, mayKeepPort, cancellationToken).ConfigureAwait(false);
                if (failed is null)
                {
                    return;
                }

                if (failed.Message != told)
                {
                    told = failed.Message;
                    _events.Add(new ZigBeeAdapterLost(failed));
                }

                mayKeepPort = false;
                delay = delay < FirstDelay ? FirstDelay : delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Closed meanwhile: there is nothing to bring back.
        }
    }

    private async Task<HarnessException?> TryRecoverAsync(int attempt, bool mayKeepPort, CancellationToken cancellationToken)
    {
        await _lifecycle.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            bool isUp;
            lock (_gate)
            {
                isUp = _session is not null;
            }

            if (!isUp)
            {
                await OpenAsync(mayKeepPort, cancellationToken).ConfigureAwait(false);
                _events.Add(new ZigBeeAdapterRecovered(Network, attempt));
            }

            return null;
        }
        catch (HarnessException failed)
        {
            return failed;
        }
        finally
        {
            _lifecycle.Release();
        }
    }

    private async Task OpenAsync(bool mayKeepPort, CancellationToken cancellationToken)
    {
        // Who asks meanwhile learns why it was lost, if it was.
        HarnessException? lostBefore;
        lock (_gate)
        {
            lostBefore = _lost;
        }

        Down(lostBefore ?? new LocalProtocolException("EZSP-003", $"{Port}: the adapter is being started", "Starting", "command"));
        if (!mayKeepPort || _client is null)
        {
            await ClosePortAsync().ConfigureAwait(false);
            _transport = await _open(cancellationToken).ConfigureAwait(false);
            AshHostLink link = new(new AshHostSettings { ObeysXOff = !_settings.HasHardwareFlowControl });
            _client = new EzspClient(new AshLinkPump(_transport, link, _timeProvider), this, _timeProvider);
        }

        EzspIdentity identity = await _client.StartAsync(EzspVersion.Reference, cancellationToken).ConfigureAwait(false);
        EzspSession session = new(_client, _waits, _deliveries, _settings);
        EzspSetup setup = new(session);
        string firmware = await setup.ReadFirmwareAsync(identity, cancellationToken).ConfigureAwait(false);
        await setup.RunAsync(cancellationToken).ConfigureAwait(false);
        Eui64Parameter eui64 = await session.AskAsync(EzspCommands.GetEui64, default, cancellationToken).ConfigureAwait(false);
        ZigBeeNetwork? network = await EzspNetworkControl.ResumeAsync(session, cancellationToken).ConfigureAwait(false);
        OctetParameter payload =
            await session.AskAsync(EzspCommands.MaximumPayloadLength, default, cancellationToken).ConfigureAwait(false);
        _maximumPayload = payload.Value == 0 ? DefaultPayloadOctets : payload.Value;
        KeyAgreement = _settings.UsesOwnKeyAgreement
            ? await EzspKeyAgreement.FindAsync(session, () => Session, cancellationToken).ConfigureAwait(false)
            : null;
        Identity = new ZigBeeAdapterIdentity(eui64.Eui64, identity.Version.ToString(), firmware, setup.Notes);
        Network = network;
        lock (_gate)
        {
            _lost = null;
            _session = session;
        }

        // Lost since the last answer, while nobody could be told: whoever sees it first brings the adapter back.
        if (_client.LostReason is { } lost && Down(lost))
        {
            throw lost;
        }
    }

    private async Task ClosePortAsync()
    {
        if (_client is { } client)
        {
            _client = null;
            await client.DisposeAsync().ConfigureAwait(false);
        }

        if (_transport is { } transport)
        {
            _transport = null;
            await transport.DisposeAsync().ConfigureAwait(false);
        }
    }
}
