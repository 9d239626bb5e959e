using System.Diagnostics;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Transports.Recording;
using DeviceHarness.Transports.Serial;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Bench;

/// <summary>One device with its port and driver: one dialogue at a time.</summary>
/// <remarks>The port stays open for the agent's whole life; it is opened with the first request, and again after it was lost.</remarks>
internal sealed class DeviceStation : IAsyncDisposable
{
    private readonly SemaphoreSlim _dialogue = new(1, 1);
    private readonly DeviceProfile _profile;
    private readonly string _port;
    private readonly WireLog _wire;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private RecordingTransport? _transport;
    private IDeviceDriver? _driver;

    public DeviceStation(RigDevice device, DeviceProfile profile, string port, WireLog wire, TimeProvider time, ILogger log)
    {
        Device = device;
        _profile = profile;
        _port = port;
        _wire = wire;
        _time = time;
        _log = log;
    }

    /// <summary>The device.</summary>
    public RigDevice Device { get; }

    /// <summary>Carries out one request; the wait for the device is its queue time.</summary>
    /// <exception cref="TransportException">The port is missing, busy or gone: the bench, not the device.</exception>
    public async Task<SrvResult> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        long asked = Stopwatch.GetTimestamp();
        await _dialogue.WaitAsync(cancellationToken).ConfigureAwait(false);
        TimeSpan queued = Stopwatch.GetElapsedTime(asked);
        try
        {
            IDeviceDriver driver = _driver ?? Open();
            if (!driver.ServiceReferenceVariants.Contains(body.ServiceReferenceVariant))
            {
                throw new LocalProtocolException(
                    "SRV-003", $"the driver of {Device.Id} does not serve SRV {body.ServiceReferenceVariant}", $"profile {Device.Profile}", body.ElementName);
            }

            SrvResult result = await driver.ExecuteAsync(body, cancellationToken).ConfigureAwait(false);
            return result with { Latency = result.Latency with { Queue = result.Latency.Queue + queued } };
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

    /// <summary>Ends the association and frees the port.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_driver is not null)
        {
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(2), _time);
            try
            {
                await _driver.DisconnectAsync(patience.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is HarnessException or OperationCanceledException)
            {
                // The port is closed all the same; a device that was not disconnected ends its link by its own time-out.
                AgentLog.PortLost(_log, _port, Device.Id.Value, exception.Message);
            }
        }

        await CloseAsync().ConfigureAwait(false);
        _dialogue.Dispose();
    }

    private IDeviceDriver Open()
    {
        SerialPortTransport serial = SerialPortTransport.Open(new SerialPortSettings
        {
            Path = _port,
            Name = Device.Id.Value,
            Baud = Device.Link.Baud,
            Format = Device.Link.IsSevenEvenOne ? SerialFormat.SevenEven1 : SerialFormat.EightNone1,
            HasLineTime = Device.Link.Via == LinkVia.Serial || Device.Link.IsPaced,
        });
        AgentLog.PortOpened(_log, _port, Device.Id.Value, serial.Name);
        _transport = new RecordingTransport(serial, _wire);
        _driver = DriverCatalog.Create(Device, _profile, _transport);
        return _driver;
    }

    private async ValueTask CloseAsync()
    {
        if (_driver is not null)
        {
            await _driver.DisposeAsync().ConfigureAwait(false);
            _driver = null;
        }

        if (_transport is not null)
        {
            await _transport.DisposeAsync().ConfigureAwait(false);
            _transport = null;
        }
    }
}
