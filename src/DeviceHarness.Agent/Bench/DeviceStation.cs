using System.Diagnostics;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Clock;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Undo;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.CommsHub;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Recorded;
using DeviceHarness.Drivers.Security;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Undo;
using DeviceHarness.Transports.Recording;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Bench;

/// <summary>One device with its port and driver: one dialogue at a time.</summary>
/// <remarks>The port stays open for the agent's whole life; it is opened with the first request or health check, and again after it was
/// lost.</remarks>
internal sealed class DeviceStation : IAsyncDisposable
{
    // How long the last dialogue and the disconnection may take together before the port is closed under them.
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(2);

    // How often what a device of the adapter's network told is taken over.
    private static readonly TimeSpan ListenInterval = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _dialogue = new(1, 1);
    private readonly DeviceProfile? _profile;
    private readonly string _port;
    private readonly WireLog _wire;
    private readonly TimeProvider _time;
    private readonly IProgress<FirmwareProgress> _progress;
    private readonly ILogger _log;
    private readonly IDeviceSecurityStore _security;
    private readonly IDeviceKeyStore? _keys;
    private readonly OpenDevicePort _openPort;
    private int _isRotating;
    private long _changes;
    private DevicePort? _open;
    private RecordingTransport? _transport;
    private AdapterLatency? _adapter;
    private bool _wasOpen;
    private IDeviceDriver? _driver;
    private IDeviceDriver? _gateway;
    private ListeningLoop? _listening;

    public DeviceStation(
        RigDevice device, DeviceProfile? profile, string port, WireLog wire, IProgress<FirmwareProgress> progress, TimeProvider time,
        ILogger log, IDeviceSecurityStore security, OpenDevicePort? openPort = null, IDeviceKeyStore? keys = null)
    {
        Device = device;
        _keys = keys;
        _security = security;
        _profile = profile;
        _port = port;
        _wire = wire;
        _progress = progress;
        _time = time;
        _log = log;
        _openPort = openPort ?? DevicePort.OpenAsync;
    }

    /// <summary>The device.</summary>
    public RigDevice Device { get; }

    /// <summary>What its model is known to do otherwise than its kind.</summary>
    public IReadOnlyList<KnownDeparture> Departures =>
        [.. (_profile?.Quirks ?? []).Select(quirk => quirk.Departure).OfType<KnownDeparture>()];

    /// <summary>Is given what the device tells unasked. Must not block.</summary>
    public Action<DeviceNotification>? Told { get; init; }

    /// <summary>Is told when its port is gone, at once and from any thread.</summary>
    public Action<string>? PortLost { get; init; }

    /// <summary>Where a step waits for the moments of its firmware requests.</summary>
    public FirmwareHook Firmware { get; } = new();

    /// <summary>The time of a scaled bench; null where it is real time.</summary>
    public ScaledClock? Clock { get; init; }

    /// <summary>The hub whose port and dialogue it is reached by; null for a device with a port of its own.</summary>
    public DeviceStation? Hub { get; init; }

    /// <summary>The folder of device profiles, for a driver that reads its own.</summary>
    public string ProfilesFolder { get; init; } = string.Empty;

    /// <summary>Counts what wears it; null where nothing is counted.</summary>
    public WearLedger? Wear { get; init; }

    /// <summary>How often the device wakes; zero for one that always listens.</summary>
    public TimeSpan WakeInterval => DriverCatalog.WakeIntervalOf(Device, ProfilesFolder) ?? TimeSpan.Zero;

    /// <summary>The adapter whose network it is in; null for a device that is reached otherwise.</summary>
    public AdapterStation? Radio { get; init; }

    /// <summary>How its open port hands octets on; null while the port is not open. From any thread.</summary>
    public AdapterLatency? Adapter => Hub is null ? Volatile.Read(ref _adapter) : Hub.Adapter;

    /// <summary>Whether its port has been open since the agent started. From any thread.</summary>
    public bool WasOpen => Radio?.WasOpen ?? Hub?.WasOpen ?? Volatile.Read(ref _wasOpen);

    /// <summary>What a driver draws for the associations of a recorded session; null for a device that is no record.</summary>
    public Lazy<RecordedAssociations>? Recorded { get; init; }

    /// <summary>A number that moves with all that may change the device's state: commands, key rotations, what it tells unasked, the loss
    /// of its port, and what the bench does to it. Two equal ones have none of that between them. From any thread.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    /// <summary>The device may have changed. From any thread.</summary>
    public void NoteChange() => Interlocked.Increment(ref _changes);

    /// <summary>The bench did something to it: it may have changed, and whoever fits another meter takes its supply away first. From any
    /// thread.</summary>
    public void NoteMoved()
    {
        NoteChange();
        ForgetIdentity();
    }

    /// <summary>Another device may stand in its place by now: it is asked who it is before the next command. From any thread.</summary>
    public void ForgetIdentity() => (Volatile.Read(ref _driver) as IIdentifiedDevice)?.ForgetIdentity();

    /// <summary>Carries out one request; the wait for the device is its queue time.</summary>
    /// <exception cref="TransportException">The port is missing, busy or gone: the bench, not the device.</exception>
    public async Task<SrvResult> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        using IDisposable? change = UndoRules.IsRead(body) ? null : Changing();
        Wear?.Note(Device, body);
        long asked = Stopwatch.GetTimestamp();
        (SrvResult result, TimeSpan queued) = await InDialogueAsync(
            async driver =>
            {
                TimeSpan waited = Stopwatch.GetElapsedTime(asked);
                if (!driver.ServiceReferenceVariants.Contains(body.ServiceReferenceVariant))
                {
                    throw new LocalProtocolException(
                        "SRV-003", $"the driver of {Device.Id} does not serve SRV {body.ServiceReferenceVariant}",
                        $"profile {Device.Profile}", body.ElementName);
                }

                return (await driver.ExecuteAsync(body, cancellationToken).ConfigureAwait(false), waited);
            },
            cancellationToken).ConfigureAwait(false);
        return result with { Latency = result.Latency with { Queue = result.Latency.Queue + queued } };
    }

    /// <summary>Gives the device a new Management Key.</summary>
    /// <exception cref="LocalProtocolException">KEYS-001: it has no key to rotate; KEYS-002: another rotation is under way.</exception>
    /// <exception cref="HarnessException">The device cannot be reached, or the bench broke.</exception>
    public async Task<KeyRotation> RotateKeyAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isRotating, 1) != 0)
        {
            // A second one is never queued behind the first: whoever asked for it did not know of that.
            throw new LocalProtocolException(
                KeyFaults.UnderWay, $"{Device.Id}: another key rotation is under way", "rotating", "rotation");
        }

        using IDisposable change = Changing();
        try
        {
            return await InDialogueAsync(driver => KeysOf(driver).RotateAsync(cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isRotating, 0);
        }
    }

    /// <summary>What is known of the device's keys; null when it has none that can be rotated.</summary>
    public IDeviceKeyStore? Keys => _keys;

    /// <summary>Finds out which key the device holds.</summary>
    /// <exception cref="HarnessException">The device takes no key, cannot be reached, or the bench broke.</exception>
    public Task<KeyProbe> ProbeKeyAsync(KeyProbeSubject subject, CancellationToken cancellationToken) =>
        InDialogueAsync(driver => KeysOf(driver).ProbeAsync(subject, cancellationToken), cancellationToken);

    /// <summary>Reads what a comms hub tells of itself.</summary>
    /// <exception cref="LocalProtocolException">SRV-005: the device is no hub.</exception>
    /// <exception cref="HarnessException">The hub refuses, cannot be reached, or the bench broke.</exception>
    public Task<HubReport> ReportAsync(bool takesAlerts, CancellationToken cancellationToken) => InDialogueAsync(
        driver => driver is IHubReporting hub
            ? hub.ReportAsync(takesAlerts, cancellationToken)
            : throw new LocalProtocolException(
                "SRV-005", $"the driver of {Device.Id} is of no comms hub", $"profile {Device.Profile}", "report"),
        cancellationToken);

    /// <summary>A change begins, and ends when what is returned is disposed of: nothing that overlaps it holds.</summary>
    private Change Changing()
    {
        NoteChange();
        return new Change(this);
    }

    private IKeyRotation KeysOf(IDeviceDriver driver) => driver as IKeyRotation ?? throw new LocalProtocolException(
        KeyFaults.NotRotatable, $"the driver of {Device.Id} rotates no keys", $"profile {Device.Profile}", "rotation");

    private async Task<T> InDialogueAsync<T>(Func<IDeviceDriver, Task<T>> act, CancellationToken cancellationToken)
    {
        if (Hub is not null)
        {
            return await Hub.InDialogueAsync(driver => act(Behind(driver)), cancellationToken).ConfigureAwait(false);
        }

        await _dialogue.WaitAsync(cancellationToken).ConfigureAwait(false);
        using IDisposable? held = Clock?.Hold();
        try
        {
            IDeviceDriver driver = _driver ?? await OpenAsync(cancellationToken).ConfigureAwait(false);
            if (_listening is not null && driver is INotifyingDevice device)
            {
                // A request that connects anew clears the line, and what was told must not go with it.
                await device.ListenAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            }

            T result = await act(driver).ConfigureAwait(false);
            TellAll(driver);
            return result;
        }
        catch (TransportException exception)
        {
            // A dead descriptor keeps the port's name busy: it is closed at once, and the next request opens the port anew.
            AgentLog.PortLost(_log, _port, Device.Id.Value, exception.Message);
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            _dialogue.Release();
        }
    }

    /// <summary>Its driver in the dialogue of its hub, kept as long as the hub's.</summary>
    private IDeviceDriver Behind(IDeviceDriver hub)
    {
        if (_driver is null || !ReferenceEquals(_gateway, hub))
        {
            _driver = ((IHanGateway)hub).Behind(new HanDeviceOptions
            {
                Id = Device.Id,
                Identifier = Device.Eui64,
                Profile = _profile!,
                FirmwareProgress = _progress,
                FirmwareMoments = Firmware,
            });
            _gateway = hub;
        }

        return _driver;
    }

    /// <summary>Asks the device for a sign of life; the wait for the device is not bounded.</summary>
    /// <returns>Whether anything answered; null when the driver cannot ask.</returns>
    /// <exception cref="TransportException">The port is missing, busy or gone.</exception>
    public Task<bool?> ProbeAsync(CancellationToken cancellationToken) => InDialogueAsync<bool?>(
        async driver => driver is INotifyingDevice device ? await device.ProbeAsync(cancellationToken).ConfigureAwait(false) : null,
        cancellationToken);

    /// <summary>Ends the association and takes a driver that remembers nothing of it: the next request connects anew, so that its record
    /// stands alone, and the device is listened to meanwhile. A device behind a hub has no association of its own.</summary>
    public async Task HangUpAsync(CancellationToken cancellationToken)
    {
        if (Hub is not null || _driver is null)
        {
            return;
        }

        try
        {
            await InDialogueAsync(
                async driver =>
                {
                    await driver.DisconnectAsync(cancellationToken).ConfigureAwait(false);
                    await CloseDriverAsync().ConfigureAwait(false);
                    _ = await OpenAsync(cancellationToken).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HarnessException or OperationCanceledException)
        {
            // The next request meets the same fault, or connects anew because of it.
            AgentLog.NotHungUp(_log, Device.Id.Value, exception.Message);
        }
    }

    /// <summary>Makes sure that the port is open. No octet is sent, and a dialogue that is under way is left alone: its port is
    /// open.</summary>
    /// <returns>Null when the port is open; otherwise why it is not.</returns>
    public async ValueTask<string?> CheckPortAsync()
    {
        if (Hub is not null)
        {
            return await Hub.CheckPortAsync().ConfigureAwait(false);
        }

        if (Radio is not null)
        {
            return await Radio.CheckAsync().ConfigureAwait(false);
        }

        if (!await _dialogue.WaitAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false))
        {
            return null;
        }

        try
        {
            if (_open is not null && !_open.IsAlive)
            {
                await CloseAsync().ConfigureAwait(false);
            }

            _ = await OpenTransportAsync(CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (exception is TransportException or UnauthorizedAccessException)
        {
            await CloseAsync().ConfigureAwait(false);
            return exception.Message;
        }
        finally
        {
            _dialogue.Release();
        }
    }

    /// <summary>Waits for the dialogue that is under way, ends the association and frees the port.</summary>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource patience = new(EndTime, _time);
        try
        {
            await _dialogue.WaitAsync(patience.Token).ConfigureAwait(false);
            if (_driver is not null)
            {
                await _driver.DisconnectAsync(patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is HarnessException or OperationCanceledException)
        {
            // The port is closed all the same; a device that was not disconnected ends its link by its own time-out.
            AgentLog.PortLost(_log, _port, Device.Id.Value, exception.Message);
        }

        await CloseAsync().ConfigureAwait(false);
        _dialogue.Dispose();
    }

    private async ValueTask<IDeviceDriver> OpenAsync(CancellationToken cancellationToken)
    {
        if (Radio is not null)
        {
            HanNetwork network = await Radio.OpenAsync(cancellationToken).ConfigureAwait(false);
            _driver = DriverCatalog.Create(Device, network, ProfilesFolder, _time, Clock, Radio, _progress);
            _listening = _driver is INotifyingDevice ? new ListeningLoop(ListenAsync, null, ListenInterval, _time) : null;
            return _driver;
        }

        RecordingTransport transport = await OpenTransportAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            DriverNeeds needs = new(Device, _profile, transport, _adapter?.Timer ?? TimeSpan.Zero)
            {
                Security = _security,
                Keys = Recorded is null ? _keys : Recorded.Value.Keys,
                Draws = Recorded?.Value,
                Time = _open!.Clock,
                Calendar = Clock,
                FirmwareProgress = _progress,
                FirmwareMoments = Firmware,
            };
            _driver = DriverCatalog.Create(needs);
            // A driver from an assembly of its own has no profile here: that it can be heard is its own word.
            bool isHeard = _profile is null or { Alerts: not null } && _driver is INotifyingDevice;
            _listening = isHeard && _open.ListenInterval is { } interval
                ? new ListeningLoop(ListenAsync, _open.WaitForInput, interval, _open.Clock)
                : null;
            return _driver;
        }
        catch (ConfigurationException)
        {
            // Without a driver nobody would close the port, and the next request would find it busy.
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<RecordingTransport> OpenTransportAsync(CancellationToken cancellationToken)
    {
        if (_transport is null)
        {
            _open = await _openPort(Device, _port, _time, cancellationToken).ConfigureAwait(false);
            _transport = new RecordingTransport(_open.Transport, _wire);
            Volatile.Write(ref _adapter, _open.Adapter);
            Volatile.Write(ref _wasOpen, true);
            _ = _open.Lost?.ContinueWith(
                _ => PortLost?.Invoke(Device.Id.Value), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            AgentLog.PortOpened(_log, _port, Device.Id.Value, _open.Target, _open.Adapter.ToString());
        }

        return _transport;
    }

    /// <summary>Takes in what the device told between requests; a dialogue that is under way does that itself.</summary>
    /// <returns>Whether to go on listening.</returns>
    private async Task<bool> ListenAsync(CancellationToken cancellationToken)
    {
        if (!await _dialogue.WaitAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false))
        {
            return true;
        }

        try
        {
            if (!cancellationToken.IsCancellationRequested && _driver is INotifyingDevice device)
            {
                await device.ListenAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
                TellAll(_driver);
            }

            return true;
        }
        catch (HarnessException exception)
        {
            // The next request, or health check, meets the same fault and deals with the port.
            AgentLog.NotListening(_log, Device.Id.Value, exception.Message);
            return false;
        }
        finally
        {
            _dialogue.Release();
        }
    }

    private void TellAll(IDeviceDriver driver)
    {
        while (driver is INotifyingDevice device && device.TryTakeNotification(out DeviceNotification? notification))
        {
            NoteChange();
            Told?.Invoke(notification);
        }
    }

    private async ValueTask CloseAsync()
    {
        NoteChange();
        await CloseDriverAsync().ConfigureAwait(false);
        if (_transport is not null)
        {
            await _transport.DisposeAsync().ConfigureAwait(false);
            _transport = null;
            _open = null;
            Volatile.Write(ref _adapter, null);
        }
    }

    /// <summary>Ends the driver without a word to the device; the port stays open.</summary>
    private async ValueTask CloseDriverAsync()
    {
        if (_listening is not null)
        {
            await _listening.DisposeAsync().ConfigureAwait(false);
            _listening = null;
        }

        if (_driver is not null)
        {
            TellAll(_driver);
            await _driver.DisposeAsync().ConfigureAwait(false);
            _driver = null;
        }
    }

    private sealed class Change(DeviceStation station) : IDisposable
    {
        public void Dispose() => station.NoteChange();
    }
}
