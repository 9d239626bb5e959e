using System.Globalization;
using System.Net.Sockets;
using System.Text;
using DeviceHarness.Cli.Processes;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests.Packaging;

/// <summary>What systemd is told, received at a real datagram socket.</summary>
public sealed class ServiceManagerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("harness-notify-").FullName;
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 30_000 };
    private readonly ManualTimeProvider _time = new();
    private readonly Dictionary<string, string> _environment = [];

    public ServiceManagerTests()
    {
        string path = Path.Combine(_folder, "notify");
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        _environment["NOTIFY_SOCKET"] = path;
    }

    public void Dispose()
    {
        _socket.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_service_tells_that_it_is_ready_alive_and_stopping()
    {
        _environment["WATCHDOG_USEC"] = "30000000";
        _environment["WATCHDOG_PID"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        List<string> told = [];
        using (ServiceManager manager = Find()!)
        {
            manager.TellReady();
            told.Add(Receive());
            manager.TellStatus("connected");
            told.Add(Receive());
            _time.Advance(TimeSpan.FromSeconds(15));
            told.Add(Receive());
            _time.Advance(TimeSpan.FromSeconds(15));
            told.Add(Receive());
        }

        told.Add(Receive());
        told.Should().Equal("READY=1", "STATUS=connected", "WATCHDOG=1", "WATCHDOG=1", "STOPPING=1");
    }

    [Theory]
    [InlineData("WATCHDOG_PID", "1")]
    [InlineData("WATCHDOG_USEC", "0")]
    [InlineData("WATCHDOG_USEC", "soon")]
    public void Without_a_watchdog_of_its_own_it_has_no_pulse(string name, string value)
    {
        _environment["WATCHDOG_USEC"] = "30000000";
        _environment[name] = value;
        using ServiceManager manager = Find()!;

        _time.ArmedTimers.Should().Be(0);
    }

    [Fact]
    public void A_manager_that_went_away_harms_nobody()
    {
        using ServiceManager manager = Find()!;
        _socket.Dispose();
        Action tell = manager.TellReady;

        tell.Should().NotThrow();
    }

    [Fact]
    public void Started_by_a_person_it_tells_nobody()
    {
        _environment.Clear();

        Find().Should().BeNull();
    }

    private ServiceManager? Find() => ServiceManager.Find(_environment.GetValueOrDefault, _time);

    private string Receive()
    {
        byte[] octets = new byte[256];
        return Encoding.UTF8.GetString(octets, 0, _socket.Receive(octets));
    }
}
