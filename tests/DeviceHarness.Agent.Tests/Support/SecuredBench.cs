using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Security;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using DeviceHarness.TestKit.Lines;
using DeviceHarness.Transports.Memory;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>The driver and a secured virtual meter, each made from its own file's text, at the ends of a line whose time stands still while
/// anything can happen on it.</summary>
internal sealed class SecuredBench : IAsyncDisposable, ICommandLog
{
    public const string Encryption = "2B7E151628AED2A6ABF7158809CF4F3C";
    public const string Authentication = "603DEB1015CA71BE2B73AEF0857D7781";
    public const string Secret = "1F352C073B6108D72D9810A30914DFF4";

    private const string MeterClients = "  - { address: 1, access: management, test-password: \"12345678\" }";

    private readonly CancellationTokenSource _stop = new();
    private readonly MemoryTransportPair _pair = MemoryTransportPair.Create("esme-01");
    private readonly LockstepLine _line;
    private readonly Task _serving;
    private EsmeDriver? _driver;

    /// <summary>Puts a meter on a line.</summary>
    /// <param name="client">The management client in the meter's file, after its access.</param>
    /// <param name="security">More lines of the meter's security section.</param>
    /// <param name="defects">What is planted.</param>
    /// <param name="keys">Encryption and authentication key; null for those of the bench.</param>
    /// <param name="model">Changes the rest of the meter's file; null for the file as it is.</param>
    public SecuredBench(
        string client, string security = "  policy: 0", EsmeDefects defects = EsmeDefects.None,
        (string Encryption, string Authentication)? keys = null, Func<string, string>? model = null)
    {
        (string encryption, string authentication) = keys ?? (Encryption, Authentication);
        _line = new LockstepLine(_pair.Near, _pair.Far, new ManualTimeProvider());
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme.yaml"));
        text.Should().Contain(MeterClients);
        text = text.Replace(MeterClients, $"  - {{ address: 1, access: management, {client} }}", StringComparison.Ordinal)
            + $"security:\n  test-encryption-key: \"{encryption}\"\n  test-authentication-key: \"{authentication}\"\n{security}\n";
        text = model?.Invoke(text) ?? text;
        Meter = new VirtualEsme("esme-01", EsmeModelReader.Read(ConfigurationNode.Parse(text, "esme.yaml")), _line.Clock, this)
        {
            Defects = defects,
        };
        _serving = Task.Run(() => ServeAsync(_stop.Token));
    }

    public VirtualEsme Meter { get; }

    /// <summary>The clock of both ends; to be moved only while nothing is asked.</summary>
    public ManualTimeProvider Clock => _line.Clock;

    /// <summary>What the driver keeps over restarts.</summary>
    public MemorySecurityStore Store { get; } = new();

    /// <summary>What came to the meter's command log.</summary>
    public List<CommandRecord> Commands { get; } = [];

    /// <summary>How many authentications the meter turned down.</summary>
    public int Refused => Commands.Count(command => command is { Service: "ASSOCIATE" or "AUTHENTICATE", Result: not (0 or 14) });

    public void Append(CommandRecord command) => Commands.Add(command);

    /// <summary>Starts a driver in the place of the one before.</summary>
    /// <param name="association">The lines of its profile's association.</param>
    /// <param name="store">What it kept; null for the bench's.</param>
    /// <param name="keys">Where it keeps keys that are rotated; null for nowhere.</param>
    /// <param name="profile">Changes the rest of its profile; null for the profile as it is.</param>
    public async Task DriveAsync(
        string association, IDeviceSecurityStore? store = null, IDeviceKeyStore? keys = null,
        Func<DeviceProfile, DeviceProfile>? profile = null)
    {
        if (_driver is not null)
        {
            await _driver.DisposeAsync();
        }

        _driver = new EsmeDriver(new EsmeOptions
        {
            Id = new DeviceId("esme-01"),
            Profile = profile?.Invoke(ProfileWith(association)) ?? ProfileWith(association),
            Transport = _line.Near,
            TimeProvider = _line.Clock,
            Security = store ?? Store,
            Keys = keys,
        });
    }

    /// <summary>The alert codes that the driver has taken in, oldest first; what it could not read is told in words.</summary>
    public IReadOnlyList<string> TakeAlerts()
    {
        List<string> codes = [];
        while (_driver!.TryTakeNotification(out DeviceNotification? told))
        {
            codes.Add(told.Code.Length > 0 ? told.Code : told.Detail);
        }

        return codes;
    }

    /// <summary>Has the driver rotate the keys.</summary>
    public Task<KeyRotation> RotateAsync() => _driver!.RotateAsync(CancellationToken.None).DefaultTimeout();

    /// <summary>Has the driver find out which keys the meter holds.</summary>
    public Task<KeyProbe> ProbeAsync(KeyProbeSubject subject = KeyProbeSubject.Held) =>
        _driver!.ProbeAsync(subject, CancellationToken.None).DefaultTimeout();

    /// <summary>Lets time pass while nothing is under way.</summary>
    public void Wait(TimeSpan time) => _line.Clock.Advance(time);

    /// <summary>Has the driver carry out a request.</summary>
    public Task<SrvResult> RunAsync(SrvRequestBody body) => _driver!.ExecuteAsync(body, CancellationToken.None).DefaultTimeout();

    /// <summary>Has the driver carry out a request that must be carried out.</summary>
    public async Task<SrvResult> DoAsync(SrvRequestBody body)
    {
        SrvResult result = await RunAsync(body);
        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        return result;
    }

    /// <summary>The next request connects anew.</summary>
    public Task DisconnectAsync() => _driver!.DisconnectAsync(CancellationToken.None).DefaultTimeout();

    public async ValueTask DisposeAsync()
    {
        if (_driver is not null)
        {
            await _driver.DisposeAsync();
        }

        await _stop.CancelAsync();
        await _line.DisposeAsync();
        await _serving.DefaultTimeout();
        _stop.Dispose();
    }

    private static DeviceProfile ProfileWith(string association)
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "generic-smets1-esme.yaml"));
        int start = text.IndexOf("association:", StringComparison.Ordinal);
        int end = text.IndexOf("objects:", StringComparison.Ordinal);
        string lines = string.Concat($"maximum-pdu: 1024\n{association}".TrimEnd('\n').Split('\n').Select(line => $"  {line}\n"));
        return DeviceProfileLoader.Load($"{text[..start]}association:\n{lines}{text[end..]}", "test.yaml");
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        Task serving = Meter.RunAsync(new VirtualLine(_line.Far), cancellationToken);
        await Task.WhenAny(serving);

        // The line is taken down at the end; all else is the meter's own fault.
        if (serving.Exception?.InnerException is not (null or TransportException))
        {
            await serving;
        }
    }
}
