using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.TestKit.Net;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Transports.Serial;

namespace DeviceHarness.EndToEnd.Tests.Kills;

/// <summary>A line between an agent and a virtual meter that can be unplugged and plugged in again without the meter's process, and that
/// outlives that process.</summary>
internal sealed class PluggableLine : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly string _agentPort;
    private readonly string _meterPort;
    private readonly CancellationTokenSource _stop = new();
    private SerialPortTransport _meter;
    private Task _fromMeter;
    private bool _isMeterToGo;
    private PtyMasterTransport? _plug;
    private Task _fromAgent = Task.CompletedTask;

    public PluggableLine(string meterPort, string agentPort)
    {
        _agentPort = agentPort;
        _meterPort = meterPort;
        _meter = Open();
        PlugIn();
        SayWhoServes();
        _fromMeter = PumpFromMeterAsync();
    }

    /// <summary>The octets that the agent sent to the meter.</summary>
    public RisingCount ToMeter { get; } = new();

    /// <summary>What was asked of the meter on this line.</summary>
    public OfferedCommands Offered { get; } = new();

    /// <summary>Says of octets to the meter, when they come, whether the line loses them; null for a line that loses none.</summary>
    public Func<bool>? Loses { get; set; }

    /// <summary>The octets to the meter that the line lost.</summary>
    public RisingCount Lost { get; } = new();

    /// <summary>Plugs the line in: the agent's port is there.</summary>
    public void PlugIn()
    {
        PtyMasterTransport plug = PtyMasterTransport.Create(
            new PtySettings { Name = "plug", LinkPath = _agentPort, DrainLimit = TimeSpan.Zero });
        Offered.Restart();
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

    /// <summary>The meter's process ends: the line hangs up on the agent, as its own pseudo-terminal would.</summary>
    /// <param name="end">Ends the process.</param>
    public async Task LoseMeterAsync(Func<Task> end)
    {
        Volatile.Write(ref _isMeterToGo, true);
        await end();
        await UnplugAsync();
        await _fromMeter;
        await _meter.DisposeAsync();
    }

    /// <summary>The meter is served again: the line is plugged in between the two.</summary>
    public void FindMeter()
    {
        _meter = Open();
        Volatile.Write(ref _isMeterToGo, false);
        PlugIn();
        _fromMeter = PumpFromMeterAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await UnplugAsync();
        await _fromMeter;
        await _meter.DisposeAsync();
        _stop.Dispose();
    }

    private SerialPortTransport Open() =>
        SerialPortTransport.Open(new SerialPortSettings { Path = _meterPort, HasLineTime = false });

    // An agent opens no link whose process is gone: id and start of the one that serves it stand beside it.
    private void SayWhoServes()
    {
        string stat = File.ReadAllText("/proc/self/stat");
        string start = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(_agentPort)!, "process"), $"{Environment.ProcessId} {start}");
    }

    private async Task PumpFromAgentAsync(PtyMasterTransport plug)
    {
        byte[] piece = new byte[1024];
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                TransportRead read = await plug.ReadAsync(piece, Look, _stop.Token);
                if (read.Count > 0 && Loses?.Invoke() == true)
                {
                    Lost.Add(read.Count);
                    continue;
                }

                Offered.Take(piece.AsSpan(0, read.Count));
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
            catch (TransportException) when (Volatile.Read(ref _isMeterToGo))
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
