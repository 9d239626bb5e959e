using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using DeviceHarness.TestKit.Lines;
using DeviceHarness.Transports.Memory;
using DeviceHarness.Transports.Recording;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>The driver and the virtual meter of the default bench at the ends of a line whose time stands still while anything can happen
/// on it, and everything that passed it.</summary>
internal sealed class MeterBench : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly LockstepLine _line;
    private readonly WireLog _wire = new();
    private readonly EsmeDriver _driver;
    private readonly Task _serving;

    /// <summary>Puts a meter on a line.</summary>
    /// <param name="defects">What is planted.</param>
    /// <param name="model">Changes the meter's model; null leaves it.</param>
    /// <param name="profile">Changes the text of the driver's profile; null leaves it.</param>
    public MeterBench(
        EsmeDefects defects = EsmeDefects.None, Func<EsmeModel, EsmeModel>? model = null, Func<string, string>? profile = null)
    {
        MemoryTransportPair pair = MemoryTransportPair.Create("esme-01");
        _line = new LockstepLine(pair.Near, pair.Far, new ManualTimeProvider());
        EsmeModel sound = EsmeModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme.yaml"));
        Meter = new VirtualEsme("esme-01", model?.Invoke(sound) ?? sound, _line.Clock) { Defects = defects };
        _serving = Task.Run(() => ServeAsync(_stop.Token));
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "generic-smets1-esme.yaml"));
        _driver = new EsmeDriver(new EsmeOptions
        {
            Id = new DeviceId("esme-01"),
            Profile = DeviceProfileLoader.Load(profile?.Invoke(text) ?? text, "test.yaml"),
            Transport = new RecordingTransport(_line.Near, _wire),
            TimeProvider = _line.Clock,
        });
    }

    /// <summary>The meter.</summary>
    public VirtualEsme Meter { get; }

    /// <summary>The time of line and meter; the meter's clock is two seconds ahead of it.</summary>
    public DateTimeOffset Now => _line.Clock.GetUtcNow();

    /// <summary>What came from the meter, as it was read.</summary>
    public IReadOnlyList<byte[]> FromMeter =>
        [.. _wire.Since(0, out _).Where(record => record.Direction == WireDirection.FromDevice).Select(record => record.Octets.ToArray())];

    /// <summary>How many frames went to the meter.</summary>
    public int SentCount => _wire.Since(0, out _).Count(record => record.Direction == WireDirection.ToDevice);

    /// <summary>Has the driver carry out a request.</summary>
    public Task<SrvResult> RunAsync(SrvRequestBody body) => _driver.ExecuteAsync(body, CancellationToken.None).DefaultTimeout();

    /// <summary>Has the driver carry out a request that must be carried out.</summary>
    public async Task<SrvResult> DoAsync(SrvRequestBody body)
    {
        SrvResult result = await RunAsync(body);
        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, result.Outcome.Detail);
        return result;
    }

    /// <summary>Ends association and link.</summary>
    public Task DisconnectAsync() => _driver.DisconnectAsync(CancellationToken.None).DefaultTimeout();

    public async ValueTask DisposeAsync()
    {
        await _driver.DisposeAsync();
        await _stop.CancelAsync();
        await _line.DisposeAsync();
        await _serving.DefaultTimeout();
        _stop.Dispose();
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
