using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>The driver with a shipped profile before the virtual meter of a shipped model: neither knows the other's file.</summary>
internal sealed class ModelBench : IAsyncDisposable
{
    private readonly EsmeDriver _driver;

    /// <summary>Starts both.</summary>
    /// <param name="profile">The profile's name.</param>
    /// <param name="model">The file of the model.</param>
    /// <param name="change">Changes the model's text; null leaves it.</param>
    /// <param name="defects">What is planted.</param>
    public ModelBench(
        string profile, string model, Func<string, string>? change = null, EsmeDefects defects = EsmeDefects.None)
    {
        string text = File.ReadAllText(PathOf("virtual", model));
        Meter = new VirtualEsme(
            "esme-01", EsmeModelReader.Read(ConfigurationNode.Parse(change?.Invoke(text) ?? text, model)), Line.Clock)
        {
            Defects = defects,
        };
        Line.Serve(Meter);
        _driver = new EsmeDriver(new EsmeOptions
        {
            Id = new DeviceId("esme-01"),
            Profile = DeviceProfileLoader.LoadFile(PathOf("profiles", $"{profile}.yaml")),
            Transport = Line.Near,
            TimeProvider = Line.Clock,
        });
    }

    /// <summary>The line between them.</summary>
    public DeviceLine Line { get; } = new("esme-01");

    public VirtualEsme Meter { get; }

    public DateTimeOffset Now => Line.Clock.GetUtcNow();

    /// <summary>Has the driver carry out a request.</summary>
    public Task<SrvResult> RunAsync(SrvRequestBody body) => _driver.ExecuteAsync(body, CancellationToken.None).DefaultTimeout();

    /// <summary>Has the driver carry out a request that must be carried out.</summary>
    public async Task<SrvResult> DoAsync(SrvRequestBody body)
    {
        SrvResult result = await RunAsync(body);
        result.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, $"{body.ServiceReferenceVariant}: {result.Outcome.Detail}");
        return result;
    }

    /// <summary>Ends association and link.</summary>
    public Task DisconnectAsync() => _driver.DisconnectAsync(CancellationToken.None).DefaultTimeout();

    /// <summary>Lets time pass while nobody asks the meter anything.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        await DisconnectAsync();
        Line.Clock.Advance(time);
    }

    public async ValueTask DisposeAsync()
    {
        await _driver.DisposeAsync();
        await Line.DisposeAsync();
    }

    private static string PathOf(string folder, string file) => Path.Combine(RepositoryRoot.Path, "rigs", folder, file);
}
