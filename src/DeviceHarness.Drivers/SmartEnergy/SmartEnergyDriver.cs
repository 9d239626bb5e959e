using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.SmartEnergy;

/// <summary>Carries out service requests on a device by ZigBee Smart Energy, over the adapter of the bench.</summary>
/// <remarks>A device that sleeps is asked at its next wake, and is not called silent before that is over. One request at a time.</remarks>
public abstract class SmartEnergyDriver : IDeviceDriver, INotifyingDevice, IKeyRotation
{
    private readonly SmartEnergyOptions _options;
    private readonly SmartEnergyDevice _device;
    private readonly SmartEnergyAlerts _alerts;
    private readonly NetworkKeyRotation _networkKey;
    private readonly IDisposable _observing;
    private readonly IReadOnlyDictionary<string, SrvHandler> _handlers;
    private int _isBusy;
    private bool _isDisposed;

    /// <summary>Creates the driver; nothing is sent before the first request.</summary>
    /// <param name="options">Device, profile and network.</param>
    /// <param name="device">The device.</param>
    /// <param name="handlers">The handlers by service reference variant.</param>
    private protected SmartEnergyDriver(
        SmartEnergyOptions options, SmartEnergyDevice device, IReadOnlyDictionary<string, SrvHandler> handlers)
    {
        _options = options;
        _device = device;
        _networkKey = new NetworkKeyRotation(options, device);
        _alerts = new SmartEnergyAlerts(options.Eui64, options.Profile);
        _observing = options.Network.Observe(_alerts);
        _handlers = handlers;
    }

    /// <inheritdoc/>
    public DeviceId Id => _options.Id;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ServiceReferenceVariants => [.. _handlers.Keys];

    /// <inheritdoc/>
    /// <exception cref="LocalProtocolException">DRIV-001: no handler serves it; DRIV-002: another is under way.</exception>
    /// <exception cref="AdapterException">The adapter is lost: the bench, not the device.</exception>
    public async Task<SrvResult> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!_handlers.TryGetValue(body.ServiceReferenceVariant, out SrvHandler? handler))
        {
            throw new LocalProtocolException(
                "DRIV-001", $"{Id}: the driver does not serve this variant", "any", body.ServiceReferenceVariant);
        }

        if (Interlocked.Exchange(ref _isBusy, 1) != 0)
        {
            throw new LocalProtocolException(
                "DRIV-002", $"{Id}: another request is under way", "busy", body.ServiceReferenceVariant);
        }

        try
        {
            return await RunAsync(handler, body, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }

    /// <inheritdoc/>
    public async ValueTask ListenAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (wait > TimeSpan.Zero)
        {
            // The network hears by itself; there is nothing to take in.
            await Task.Delay(wait, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public bool TryTakeNotification([NotNullWhen(true)] out DeviceNotification? notification) => _alerts.TryTake(out notification);

    /// <inheritdoc/>
    public async ValueTask<bool> ProbeAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return await _device.ProbeAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives the network a new key; the device confirms it by an answer under it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HarnessException">The device does not answer before, the adapter is no trust centre, or the bench
    /// broke.</exception>
    public Task<KeyRotation> RotateAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _networkKey.RotateAsync(cancellationToken);
    }

    /// <summary>Says whether the device answers under the network key in use.</summary>
    /// <param name="subject">With which key: the one in use only.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LocalProtocolException">KEYS-003: a former network key cannot be tried.</exception>
    /// <exception cref="HarnessException">The bench broke.</exception>
    public Task<KeyProbe> ProbeAsync(KeyProbeSubject subject, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return _networkKey.ProbeAsync(subject, cancellationToken);
    }

    /// <summary>There is no association: the next request finds the device anew.</summary>
    /// <param name="cancellationToken">Not used.</param>
    public Task DisconnectAsync(CancellationToken cancellationToken)
    {
        _device.Forget();
        return Task.CompletedTask;
    }

    /// <summary>Ends the driver without a word to the device. The network goes on.</summary>
    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        _observing.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>The options, which are there.</summary>
    private protected static SmartEnergyOptions Checked(SmartEnergyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options;
    }

    private async Task<SrvResult> RunAsync(SrvHandler handler, SrvRequestBody body, CancellationToken cancellationToken)
    {
        bool wasFound = _device.IsFound;
        TimeSpan connect = TimeSpan.Zero;
        long started = Stopwatch.GetTimestamp();
        DeviceOutcome outcome;
        try
        {
            if (!wasFound && handler is not NotOverThisLinkHandler)
            {
                await _device.FindAsync(cancellationToken).ConfigureAwait(false);
                connect = Stopwatch.GetElapsedTime(started);
                started = Stopwatch.GetTimestamp();
            }

            _device.Restart();
            outcome = await handler.ConductAsync(body, cancellationToken).ConfigureAwait(false);
        }
        catch (HarnessException failure) when (OutcomeOf(handler, failure) is { } told)
        {
            outcome = Explained(told, body.ServiceReferenceVariant);
        }

        TimeSpan total = Stopwatch.GetElapsedTime(started);
        TimeSpan device = _device.Taken < total ? _device.Taken : total;
        return new SrvResult(outcome, new LatencySplit(
            TimeSpan.Zero, total - device, TimeSpan.Zero, device, connect, _device.Exchanges, wasFound, TimeSpan.Zero));
    }

    /// <summary>What a failure means for the service; null for what is the bench's or the harness's own.</summary>
    private static DeviceOutcome? OutcomeOf(SrvHandler handler, HarnessException failure) => failure switch
    {
        DeviceRefusedException refusal when handler.Refusals.TryGetValue(new(refusal.Code, refusal.DeviceCode), out string? meaning) =>
            new(DeviceOutcomeKind.Refused, handler.Refused(), $"{refusal.Message}: {meaning}", refusal.DeviceCode, null),
        DeviceRefusedException refusal => new(
            DeviceOutcomeKind.ProtocolError, null, $"{refusal.Message}: not a legal answer to this request", refusal.DeviceCode, null),
        RemoteProtocolException violation => new(DeviceOutcomeKind.ProtocolError, null, violation.Message, null, null),
        // Its acknowledgement shows that the link stands.
        LinkTimeoutException silence => new(DeviceOutcomeKind.NoAnswer, null, silence.Message, null, LinkAnswersProbe: true),
        HanDeliveryException lost => new(DeviceOutcomeKind.Unreachable, null, lost.Message, null, LinkAnswersProbe: false),
        LocalProtocolException { Code: HanFaults.NodeUnknown } unknown =>
            new(DeviceOutcomeKind.Unreachable, null, unknown.Message, null, LinkAnswersProbe: false),
        _ => null,
    };

    private DeviceOutcome Explained(DeviceOutcome outcome, string variant)
    {
        ProfileQuirk? known = outcome.Kind == DeviceOutcomeKind.Refused
            ? _options.Profile.Quirks.FirstOrDefault(quirk => quirk.ServiceReferenceVariants.Contains(variant))
            : null;
        return known is null ? outcome : outcome with { Detail = $"{outcome.Detail}; known of {_options.Profile.Name}: {known}" };
    }
}
