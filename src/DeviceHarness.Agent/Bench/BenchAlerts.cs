using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Service;
using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Catalogue;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Bench;

/// <summary>Makes alerts of what the devices of a bench tell unasked, hands them to attempts and keeps them until then.</summary>
internal sealed class BenchAlerts : IAlertLog, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly AlertLog _log = new();
    private readonly AlertStore _store;
    private readonly RigConfiguration _rig;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private IReadOnlyList<DeviceStation> _stations = [];
    private SimulatedServicePort? _service;

    /// <summary>Takes up what no attempt was given before the agent ended.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="storage">Where alerts outlast the agent.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <exception cref="IOException">The medium cannot be read.</exception>
    public BenchAlerts(RigConfiguration rig, IJournalStorage storage, TimeProvider time, ILogger logger)
    {
        _rig = rig;
        _time = time;
        _logger = logger;
        _store = new AlertStore(storage, fault => AgentLog.AlertNotKept(_logger, _rig.Name, fault));
        _log.TakeUp(_store.Recovered);
    }

    /// <inheritdoc/>
    public long Count => _log.Count;

    /// <summary>Names the stations whose devices may be asked, and the service that tells Users.</summary>
    public void Connect(IReadOnlyList<DeviceStation> stations, SimulatedServicePort service) => (_stations, _service) = (stations, service);

    /// <summary>A device told something.</summary>
    public void Tell(RigDevice device, DeviceNotification notification)
    {
        AlertCodes.TryFind(notification.Code, out AlertCodeEntry? entry);
        bool isAlert = AlertCodes.IsDeviceCode(notification.Code);
        DateTimeOffset now = _time.GetUtcNow();
        string meaning = entry is { Meaning.Length: > 0 } ? entry.Meaning : notification.Detail;
        string? xml = isAlert
            ? Message(device, entry, new DeviceAlert(notification.Code, meaning, notification.OccurredAt ?? now))
            : string.Empty;
        BenchAlert alert = new(device.Id, notification.Code, meaning, now)
        {
            OccurredAt = notification.OccurredAt,
            ClockStatus = notification.ClockStatus,
            IsKnown = entry is not null,
            Xml = xml ?? string.Empty,
            IsThrottled = xml is null,
            Octets = Convert.ToHexString(notification.Apdu.Span),
        };
        lock (_gate)
        {
            // In this order for the store too: what is taken at once must not be let go of before it is kept.
            _store.Keep(_log.Add(alert));
        }

        AgentLog.AlertReceived(_logger, device.Id.Value, notification.Code, meaning);
    }

    /// <inheritdoc/>
    public IReadOnlyList<BenchAlert> TakeFor(IReadOnlyCollection<DeviceId> devices) => _log.TakeFor(devices);

    /// <summary>The attempts that took alerts of some devices so far have them in journals that are on the disk: they need be kept no
    /// longer.</summary>
    public void Settle(IReadOnlyCollection<DeviceId> devices)
    {
        lock (_gate)
        {
            if (_log.TakenSince(devices) is { Count: > 0 } taken)
            {
                _store.Forget(taken);
            }
        }
    }

    /// <summary>Makes durable what was told.</summary>
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    /// <inheritdoc/>
    public Task WaitAsync(long count, CancellationToken cancellationToken) => _log.WaitAsync(count, cancellationToken);

    /// <inheritdoc/>
    public Task<bool?> ProbeAsync(DeviceId device, CancellationToken cancellationToken) =>
        _stations.FirstOrDefault(station => station.Device.Id == device) is { } station
            ? station.ProbeAsync(cancellationToken)
            : Task.FromResult<bool?>(null);

    /// <summary>The alerts of the network operator's group go to it, all others to the import supplier. Null when the service throttles
    /// it.</summary>
    private string? Message(RigDevice device, AlertCodeEntry? entry, DeviceAlert alert)
    {
        string role = entry is { IsForNetworkOperator: true } ? "ED" : "IS";
        return _service is not null && device.Smets1 && _rig.Users.TryGetValue(role, out Duis.Eui64 recipient)
            ? _service.Raise(device.Eui64, recipient, alert)
            : string.Empty;
    }
}
