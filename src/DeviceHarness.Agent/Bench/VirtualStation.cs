using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.Clock;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Transports.Faulty;
using DeviceHarness.Transports.Pacing;
using DeviceHarness.Transports.Pty;
using DeviceHarness.Transports.Tcp;
using DeviceHarness.Virtual;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Links;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Bench;

/// <summary>A virtual device with the place where clients reach it: a pseudo-terminal with a stable link, or a loopback address in a
/// file of the same name.</summary>
internal sealed class VirtualStation : IAsyncDisposable
{
    /// <summary>What the text of an address file begins with.</summary>
    public const string TcpPrefix = "tcp:";

    private readonly Func<ValueTask> _close;

    private VirtualStation(VirtualBenchDevice device, VirtualPort port, Func<ValueTask> close)
    {
        Device = device;
        Port = port;
        _close = close;
    }

    /// <summary>The device.</summary>
    public VirtualBenchDevice Device { get; }

    /// <summary>Where clients reach it.</summary>
    public VirtualPort Port { get; }

    /// <summary>Opens the place that the device's model asks for.</summary>
    /// <param name="device">The device.</param>
    /// <param name="model">What it is.</param>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="rig">The rig's name.</param>
    /// <param name="time">Real time.</param>
    /// <param name="heed">Is told that octets pass its line; null when nobody wants to know.</param>
    /// <param name="log">Where faults are logged.</param>
    /// <exception cref="TransportException">No pseudo-terminal or port is to be had.</exception>
    /// <exception cref="IOException">The flash or the address file cannot be made.</exception>
    public static VirtualStation Open(
        RigDevice device, VirtualDeviceModel model, string dataFolder, string rig, TimeProvider time, Action? heed, ILogger log)
    {
        FileFlash flash = new(BenchPaths.Flash(dataFolder, rig, device.Id));
        string path = BenchPaths.Port(dataFolder, rig, device.Id);
        return model.Link.IsOverTcp
            ? Listen(device, model, flash, path, time, heed)
            : OnTerminal(device, model, flash, path, time, heed, log);
    }

    /// <summary>Closes the place; clients find nothing there any more.</summary>
    public ValueTask DisposeAsync() => _close();

    private static VirtualStation OnTerminal(
        RigDevice device, VirtualDeviceModel model, FileFlash flash, string path, TimeProvider time, Action? heed, ILogger log)
    {
        PtyMasterTransport pty = PtyMasterTransport.Create(new PtySettings { Name = device.Id.Value, LinkPath = path });
        IByteTransport transport = model.Link.IsEchoed ? new EchoingTransport(pty) : pty;
        if (device.Link.IsPaced)
        {
            int baud = model.Link.SignOn?.InitialBaud ?? device.Link.Baud;
            transport = new PacedTransport(transport, new LineRate(baud, 10));
        }

        if (device.Link.Faults is { } plan)
        {
            transport = new FaultyTransport(
                transport, plan, time, isDeviceEnd: true, fault => AgentLog.LineFault(log, device.Id.Value, fault.ToString()));
        }

        VirtualLine line = new(Heeded(transport, heed))
        {
            Baud = device.Link.Baud,
            ReadClientBaud = () => pty.ClientBaud,
            WrongBaudSeen = baud => AgentLog.WrongBaud(log, device.Id.Value, baud, device.Link.Baud),
        };
        return new VirtualStation(
            new VirtualBenchDevice(device.Id.Value, model, line) { Flash = flash, SuppliedBy = device.SuppliedBy?.Value },
            new VirtualPort(device.Id, pty.ClientPath, pty.SlavePath),
            transport.DisposeAsync);
    }

    private static IByteTransport Heeded(IByteTransport line, Action? heed) => heed is null ? line : new HeedingTransport(line, heed);

    private static VirtualStation Listen(
        RigDevice device, VirtualDeviceModel model, FileFlash flash, string path, TimeProvider time, Action? heed)
    {
        TcpTransportListener listener = TcpTransportListener.OnLoopback(device.Id.Value, time);
        string address = $"{TcpPrefix}{listener.Endpoint}";
        string next = $"{path}.{Environment.ProcessId}.new";
        File.WriteAllText(next, address);
        File.Move(next, path, overwrite: true);
        VirtualBenchDevice served = new(device.Id.Value, model)
        {
            Flash = flash,
            SuppliedBy = device.SuppliedBy?.Value,
            AcceptAsync = async cancellationToken =>
                new VirtualLine(Heeded(await listener.AcceptAsync(cancellationToken).ConfigureAwait(false), heed)) { IsConnection = true },
        };
        return new VirtualStation(served, new VirtualPort(device.Id, path, address), () =>
        {
            listener.Dispose();
            File.Delete(path);
            return ValueTask.CompletedTask;
        });
    }
}
