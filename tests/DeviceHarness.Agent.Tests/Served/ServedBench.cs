using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Agent.Tests.Writes;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Agent.Tests.Served;

/// <summary>The driver before a virtual meter that has all that a request can be about: prepayment with a little credit, an auxiliary load
/// with a calendar, a boost button, firmware. No time passes but the clock's.</summary>
internal sealed class ServedBench : IAsyncDisposable
{
    private const int Balance = 50_000;
    private const byte IdentityClient = 16;

    private static readonly ObisCode Nowhere = ObisCode.Parse("0-0:96.200.200.255");
    private static readonly string Rigs = Path.Combine(RepositoryRoot.Path, "rigs");
    private static readonly DeviceProfile Profile =
        WithAll(DeviceProfileLoader.LoadFile(Path.Combine(Rigs, "profiles", "generic-smets1-esme.yaml")));

    private readonly ManualTimeProvider _clock = new();
    private readonly CommandList _commands = new();
    private readonly DirectLine _line;
    private EsmeDriver? _driver;

    public ServedBench()
    {
        string text = ControlEffectTests.WithBoost(File.ReadAllText(Path.Combine(Rigs, "virtual", "esme.yaml")));
        Meter = new VirtualEsme(
            "esme-01", EsmeModelReader.Read(ConfigurationNode.Parse(WriteBench.Prepayment(Balance)(text), "esme.yaml")), _clock,
            _commands);
        _line = new DirectLine(Meter, _clock);
        Answers = new AnswerCutter(_line);
    }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public VirtualEsme Meter { get; }

    /// <summary>How often the meter was told to change something, by its own log.</summary>
    public int Changes => _commands.Changes;

    /// <summary>What comes from the meter, which can be lost.</summary>
    public AnswerCutter Answers { get; }

    /// <summary>Begins a driver whose requests the meter carries out.</summary>
    public Task DriveAsync() => DriveAsync(Profile);

    /// <summary>Begins a driver to which the meter refuses a request.</summary>
    public Task DriveAsync(RefusedTo whom, string srv) => DriveAsync(whom switch
    {
        RefusedTo.AnotherClient => Profile with
        {
            ClientAddress = HdlcAddress.Client(IdentityClient),
            Association = Profile.Association with { Mechanism = Codecs.Acse.AuthenticationMechanism.None },
        },
        RefusedTo.WhoAsksForAnother => Profile with { Objects = Elsewhere(Profile.Objects, srv) },
        _ => Profile,
    });

    public Task<SrvResult> RunAsync(SrvRequestBody body) => _driver!.ExecuteAsync(body, CancellationToken.None).DefaultTimeout();

    public ValueTask DisposeAsync() => _driver?.DisposeAsync() ?? default;

    private async Task DriveAsync(DeviceProfile profile)
    {
        if (_driver is not null)
        {
            await _driver.DisconnectAsync(CancellationToken.None);
            await _driver.DisposeAsync();
        }

        _driver = new EsmeDriver(new EsmeOptions
        {
            Id = new DeviceId("esme-01"),
            Profile = profile,
            Transport = Answers,
            TimeProvider = new DirectClock(_clock, _line),
        });
    }

    private static DeviceProfile WithAll(DeviceProfile profile)
    {
        DeviceProfile scripts = ControlEffectTests.WithScripts(profile);
        Dictionary<string, IReadOnlyDictionary<string, ReadObject>> reads = new(scripts.Objects.Reads.Variants)
        {
            ["7.7"] = new Dictionary<string, ReadObject> { ["State1"] = new(new(1, ObisCode.Parse("0-0:94.44.117.1"), 2)) },
        };
        return scripts with { Objects = scripts.Objects with { Reads = new ReadMap(reads) } };
    }

    /// <summary>A model that keeps what a request is about where the meter has nothing.</summary>
    private static EsmeObjectMap Elsewhere(EsmeObjectMap map, string srv)
    {
        Dictionary<string, IReadOnlyDictionary<string, ReadObject>> reads = new(map.Reads.Variants);
        if (reads.TryGetValue(srv, out IReadOnlyDictionary<string, ReadObject>? read))
        {
            reads[srv] = read.ToDictionary(
                value => value.Key, value => value.Value with { Attribute = value.Value.Attribute with { LogicalName = Nowhere } });
        }

        Dictionary<string, IReadOnlyDictionary<string, WriteObject>> writes = new(map.Writes.Variants);
        if (writes.TryGetValue(srv, out IReadOnlyDictionary<string, WriteObject>? write))
        {
            writes[srv] = write.ToDictionary(value => value.Key, value => value.Value with
            {
                Attribute = value.Value.Attribute is { } attribute ? attribute with { LogicalName = Nowhere } : null,
                Method = value.Value.Method is { } method ? method with { LogicalName = Nowhere } : null,
            });
        }

        return map with
        {
            Reads = new ReadMap(reads),
            Writes = new WriteMap(writes),
            FirmwareActive = map.FirmwareActive with { LogicalName = Nowhere },
            ClockTime = map.ClockTime with { LogicalName = Nowhere },
            ImageTransfer = map.ImageTransfer! with { Name = Nowhere },
            SupplySwitch = map.SupplySwitch with
            {
                Enable = map.SupplySwitch.Enable with { LogicalName = Nowhere },
                Disable = map.SupplySwitch.Disable with { LogicalName = Nowhere },
            },
        };
    }
}
