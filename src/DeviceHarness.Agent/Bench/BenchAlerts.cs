using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Service;
using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Catalogue;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Bench;

/// <summary>Makes alerts of what the devices of a bench tell unasked, hands them to attempts and keeps them until then.</summary>
internal sealed class BenchAlerts : IAlertLog
{
    private readonly Lock _gate = new();
    private readonly AlertLog _log = new();
    private readonly AlertFile _file;
    private readonly RigConfiguration _rig;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private IReadOnlyList<DeviceStation> _stations = [];
    private SimulatedServicePort? _service;

    /// <summary>Takes up what no attempt was given before the agent ended.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public BenchAlerts(RigConfiguration rig, string dataFolder, TimeProvider time, ILogger logger)
    {
        _rig = rig;
        _time = time;
        _logger = logger;
        _file = new AlertFile(dataFolder, rig.Name);
        _log.TakeUp(_file.Read());
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
        BenchAlert alert = new(device.Id, notification.Code, meaning, now)
        {
            OccurredAt = notification.OccurredAt,
            ClockStatus = notification.ClockStatus,
            IsKnown = entry is not null,
            Xml = isAlert
                ? Message(device, entry, new DeviceAlert(notification.Code, meaning, notification.OccurredAt ?? now))
                : string.Empty,
            Octets = Convert.ToHexString(notification.Apdu.Span),
        };
        lock (_gate)
        {
            Keep(file => file.Append(_log.Add(alert)), device.Id);
        }

        AgentLog.AlertReceived(_logger, device.Id.Value, notification.Code, meaning);
    }

    /// <inheritdoc/>
    public IReadOnlyList<BenchAlert> TakeFor(IReadOnlyCollection<DeviceId> devices)
    {
        lock (_gate)
        {
            IReadOnlyList<BenchAlert> taken = _log.TakeFor(devices);
            if (taken.Count > 0)
            {
                Keep(file => file.Replace(_log.Waiting()), taken[0].Device);
            }

            return taken;
        }
    }

    /// <inheritdoc/>
    public Task WaitAsync(long count, CancellationToken cancellationToken) => _log.WaitAsync(count, cancellationToken);

    /// <inheritdoc/>
    public Task<bool?> ProbeAsync(DeviceId device, CancellationToken cancellationToken) =>
        _stations.FirstOrDefault(station => station.Device.Id == device) is { } station
            ? station.ProbeAsync(cancellationToken)
            : Task.FromResult<bool?>(null);

    /// <summary>The alerts of the network operator's group go to it, all others to the import supplier.</summary>
    private string Message(RigDevice device, AlertCodeEntry? entry, DeviceAlert alert)
    {
        string role = entry is { IsForNetworkOperator: true } ? "ED" : "IS";
        return _service is not null && device.Smets1 && _rig.Users.TryGetValue(role, out Duis.Eui64 recipient)
            ? _service.Raise(device.Eui64, recipient, alert)
            : string.Empty;
    }

    private void Keep(Action<AlertFile> write, DeviceId device)
    {
        try
        {
            write(_file);
        }
        catch (IOException exception)
        {
            // The alert is in memory and reaches its attempt all the same; only a restart would lose it.
            AgentLog.AlertNotKept(_logger, device.Value, exception);
        }
    }
}
