using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace DeviceHarness.Cli.Processes;

/// <summary>Tells systemd that a service is ready, alive and stopping, over the datagram socket that it names in the environment
/// (sd_notify(3), sd_watchdog_enabled(3)). Safe for use from any thread.</summary>
internal sealed class ServiceManager : IDisposable
{
    private const string SocketName = "NOTIFY_SOCKET";
    private const string WatchdogName = "WATCHDOG_USEC";
    private const string WatchdogProcessName = "WATCHDOG_PID";

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly ITimer? _pulse;

    private ServiceManager(string path, TimeSpan? watchdog, TimeProvider time)
    {
        // An abstract name begins with @ in the environment, and with an octet of zero in an address.
        _socket.Connect(new UnixDomainSocketEndPoint(path.StartsWith('@') ? $"\0{path[1..]}" : path));
        if (watchdog is { } patience)
        {
            // Twice in the time that it is waited for, from the thread pool: a process whose pool stands still is to be started anew.
            TimeSpan every = patience / 2;
            _pulse = time.CreateTimer(_ => Tell("WATCHDOG=1"), state: null, every, every);
        }
    }

    /// <summary>The service manager that started this process.</summary>
    /// <param name="read">Reads the environment.</param>
    /// <param name="time">What measures the pulse of the watchdog.</param>
    /// <returns>Null when none did, or it wants to be told nothing.</returns>
    public static ServiceManager? Find(Func<string, string?> read, TimeProvider time)
    {
        string? path = read(SocketName);
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }

        bool isMeant = read(WatchdogProcessName) is not { } pid || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        TimeSpan? watchdog = isMeant && long.TryParse(read(WatchdogName), CultureInfo.InvariantCulture, out long micros) && micros > 0
            ? TimeSpan.FromMicroseconds(micros)
            : null;
        return new ServiceManager(path, watchdog, time);
    }

    /// <summary>The service does its work from now on.</summary>
    public void TellReady() => Tell("READY=1");

    /// <summary>What the service does, for a person.</summary>
    /// <param name="status">One line.</param>
    public void TellStatus(string status) => Tell($"STATUS={status}");

    /// <summary>Tells that the service stops.</summary>
    public void Dispose()
    {
        _pulse?.Dispose();
        Tell("STOPPING=1");
        _socket.Dispose();
    }

    private void Tell(string line)
    {
        try
        {
            _socket.Send(Encoding.UTF8.GetBytes(line));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // A manager that is being restarted, or a last pulse beside the end: it asks nobody, and the service goes on without it.
            return;
        }
    }
}
