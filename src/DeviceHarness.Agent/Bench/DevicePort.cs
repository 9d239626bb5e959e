using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Transports.Rfc2217;
using DeviceHarness.Transports.Serial;
using DeviceHarness.Transports.Tcp;

namespace DeviceHarness.Agent.Bench;

/// <summary>The open port of a device: a serial line, or a connection.</summary>
internal sealed class DevicePort
{
    private readonly Func<bool> _isAlive;

    /// <summary>Takes over what is open; whoever closes it disposes of the transport.</summary>
    /// <param name="transport">What carries the octets.</param>
    /// <param name="target">What was opened.</param>
    /// <param name="adapter">How it hands octets on.</param>
    /// <param name="isAlive">Whether it is still there; sends no octet.</param>
    public DevicePort(IByteTransport transport, string target, AdapterLatency adapter, Func<bool> isAlive)
    {
        Transport = transport;
        Target = target;
        Adapter = adapter;
        _isAlive = isAlive;
    }

    /// <summary>What carries the octets.</summary>
    public IByteTransport Transport { get; }

    /// <summary>What was opened: the device node behind a link, or an address.</summary>
    public string Target { get; }

    /// <summary>How it hands octets on.</summary>
    public AdapterLatency Adapter { get; }

    /// <summary>The clock by which the link on it measures its time-outs: real time on every real line, however the bench's runs.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Waits until octets are there that no read has taken; null on a port that cannot tell.</summary>
    public Func<CancellationToken, Task>? WaitForInput { get; init; }

    /// <summary>Ends when it is gone by itself; null on a port that cannot tell.</summary>
    public Task? Lost { get; init; }

    /// <summary>How often its device is listened to between requests at most, and on a port that cannot tell of octets always; null where
    /// nobody but a request reads.</summary>
    public TimeSpan? ListenInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether it is still there. No octet is sent.</summary>
    public bool IsAlive => _isAlive();

    /// <summary>Opens the port that the rig file names, or the one where the virtual bench serves the device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="port">A path, or <c>host:port</c>.</param>
    /// <param name="time">The clock of a connection's time-outs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TransportException">It is missing, busy or refused.</exception>
    public static async ValueTask<DevicePort> OpenAsync(
        RigDevice device, string port, TimeProvider time, CancellationToken cancellationToken)
    {
        if (device.Link.IsOnBench && !BenchOwner.IsAlive(Path.GetDirectoryName(port)!))
        {
            throw NotServed(device, port, null);
        }

        if (device.Link.Via == LinkVia.Rfc2217)
        {
            return await OpenRemoteAsync(device, port, time, cancellationToken).ConfigureAwait(false);
        }

        string? address = device.Link.Via == LinkVia.Tcp ? port : AddressOfVirtual(device, port);
        if (address is not null)
        {
            return await ConnectAsync(device, address, time, cancellationToken).ConfigureAwait(false);
        }

        SerialPortTransport serial = OpenSerial(device, port);
        return new DevicePort(serial, serial.DevicePath, AdapterLatency.Settle(serial), () => IsThere(serial))
        {
            WaitForInput = serial.WaitForInputAsync,
            Lost = serial.Lost,
        };
    }

    /// <summary>A virtual device behind a network leaves a file with its address where others leave a link.</summary>
    internal static string? AddressOfVirtual(RigDevice device, string port)
    {
        bool isFile = device.Link.IsOnBench && new FileInfo(port) is { Exists: true, LinkTarget: null };
        return isFile ? File.ReadAllText(port)[VirtualStation.TcpPrefix.Length..] : null;
    }

    /// <summary>A connection is made once: a line that is made anew in mid-dialogue would be another one.</summary>
    private static async ValueTask<DevicePort> OpenRemoteAsync(
        RigDevice device, string address, TimeProvider time, CancellationToken cancellationToken)
    {
        TcpClientTransport client = await TcpClientTransport
            .ConnectAsync(SettingsOf(device.Id.Value, address, time), cancellationToken).ConfigureAwait(false);
        LineSetting line = new(device.Link.Baud, device.Link.IsSevenEvenOne ? SerialFormat.SevenEven1 : SerialFormat.EightNone1);
        Rfc2217Transport port = await Rfc2217Transport
            .OpenAsync(client, new Rfc2217Settings(line) { TimeProvider = time }, cancellationToken).ConfigureAwait(false);
        return new DevicePort(port, $"rfc2217 {address}", new AdapterLatency(null, IsLow: false, "rfc2217"), () => client.IsAlive);
    }

    /// <summary>How an address is connected to.</summary>
    internal static TcpClientSettings SettingsOf(string name, string address, TimeProvider time)
    {
        int colon = address.LastIndexOf(':');
        return new()
        {
            Host = address[..colon].Trim('[', ']'),
            Port = int.Parse(address.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture),
            Name = name,
            TimeProvider = time,
        };
    }

    private static async ValueTask<DevicePort> ConnectAsync(
        RigDevice device, string address, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            TcpClientTransport client = await TcpClientTransport
                .ConnectAsync(SettingsOf(device.Id.Value, address, time), cancellationToken).ConfigureAwait(false);
            return new DevicePort(
                client, $"{VirtualStation.TcpPrefix}{address}", new AdapterLatency(null, IsLow: false, "tcp"), () => client.IsAlive);
        }
        catch (TransportException exception) when (exception.Code == "TRAN-001" && device.Link.IsOnBench)
        {
            throw NotServed(device, address, exception);
        }
    }

    private static SerialPortTransport OpenSerial(RigDevice device, string port)
    {
        SerialPortSettings settings = new()
        {
            Path = port,
            Name = device.Id.Value,
            Baud = device.Link.Baud,
            Format = device.Link.IsSevenEvenOne ? SerialFormat.SevenEven1 : SerialFormat.EightNone1,
            HasLineTime = device.Link.Via == LinkVia.Serial || device.Link.IsPaced,
        };
        try
        {
            return SerialPortTransport.Open(settings);
        }
        catch (TransportException exception) when (exception.Code == "TRAN-001" && device.Link.IsOnBench)
        {
            throw NotServed(device, port, exception);
        }
    }

    private static TransportException NotServed(RigDevice device, string port, TransportException? exception) => new(
        "BENCH-002", $"{device.Id}: no virtual device answers at {port}; start 'harness bench up' with the same --data", port, exception);

    private static bool IsThere(SerialPortTransport serial)
    {
        try
        {
            // A port that is gone throws; whether it counts anything is no matter.
            _ = serial.TryReadCounters(out _);
            return true;
        }
        catch (TransportException)
        {
            return false;
        }
    }
}
