using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Transports.Serial;

namespace DeviceHarness.EndToEnd.Tests.Kills;

/// <summary>A line between an agent and a virtual meter that can be unplugged and plugged in again without the meter's process.</summary>
internal sealed class PluggableLine : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly string _agentPort;
    private readonly SerialPortTransport _meter;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _fromMeter;
    private PtyMasterTransport? _plug;
    private Task _fromAgent = Task.CompletedTask;

    public PluggableLine(string meterPort, string agentPort)
    {
        _agentPort = agentPort;
        _meter = SerialPortTransport.Open(new SerialPortSettings { Path = meterPort, HasLineTime = false });
        PlugIn();
        _fromMeter = PumpFromMeterAsync();
    }

    /// <summary>The octets that the agent sent to the meter.</summary>
    public OctetCounter ToMeter { get; } = new();

    /// <summary>Plugs the line in: the agent's port is there.</summary>
    public void PlugIn()
    {
        PtyMasterTransport plug = PtyMasterTransport.Create(
            new PtySettings { Name = "plug", LinkPath = _agentPort, DrainLimit = TimeSpan.Zero });
        Volatile.Write(ref _plug, plug);
        _fromAgent = PumpFromAgentAsync(plug);
    }

    /// <summary>Unplugs the line: whoever holds the port is hung up, and the port is gone.</summary>
    public async Task UnplugAsync()
    {
        if (Interlocked.Exchange(ref _plug, null) is { } plug)
        {
            await plug.DisposeAsync();
            await _fromAgent;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await UnplugAsync();
        await _fromMeter;
        await _meter.DisposeAsync();
        _stop.Dispose();
    }

    private async Task PumpFromAgentAsync(PtyMasterTransport plug)
    {
        byte[] piece = new byte[1024];
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                TransportRead read = await plug.ReadAsync(piece, Look, _stop.Token);
                await _meter.WriteAsync(piece.AsMemory(0, read.Count), _stop.Token);
                ToMeter.Add(read.Count);
            }
        }
        catch (Exception exception) when (exception is TransportException or OperationCanceledException)
        {
            // Unplugged.
        }
    }

    private async Task PumpFromMeterAsync()
    {
        byte[] piece = new byte[1024];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                TransportRead read = await _meter.ReadAsync(piece, Look, _stop.Token);
                if (read.Count > 0 && Volatile.Read(ref _plug) is { } plug)
                {
                    await plug.WriteAsync(piece.AsMemory(0, read.Count), _stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (TransportException) when (Volatile.Read(ref _plug) is null)
            {
                // What the meter said while nothing was plugged in is lost, as on a real line.
            }
        }
    }
}
