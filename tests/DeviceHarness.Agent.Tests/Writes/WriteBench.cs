using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Agent.Tests.Writes;

/// <summary>The driver with the generic profile before a virtual meter, whose time moves only when a test moves it.</summary>
internal sealed class WriteBench : IAsyncDisposable
{
    private readonly SecuredBench _bench;

    private WriteBench(SecuredBench bench) => _bench = bench;

    public VirtualEsme Meter => _bench.Meter;

    public DateTimeOffset Now => _bench.Clock.GetUtcNow();

    /// <summary>Starts meter and driver.</summary>
    /// <param name="model">Changes the meter's file.</param>
    /// <param name="profile">Changes the driver's profile.</param>
    public static async Task<WriteBench> StartAsync(
        Func<string, string>? model = null, Func<DeviceProfile, DeviceProfile>? profile = null)
    {
        WriteBench bench = new(new SecuredBench("test-password: \"12345678\"", model: model));
        await bench._bench.DriveAsync("mechanism: lls\npassword: test:12345678", profile: profile);
        return bench;
    }

    /// <summary>A meter in prepayment mode with a balance.</summary>
    public static Func<string, string> Prepayment(int balance) => text => text.Replace(
        "mode: credit, balance: 0", FormattableString.Invariant($"mode: prepayment, balance: {balance}"), StringComparison.Ordinal);

    /// <summary>Has the driver carry out a request that must be carried out.</summary>
    public Task<SrvResult> DoAsync(SrvRequestBody body) => _bench.DoAsync(body);

    /// <summary>Has the driver carry out a request.</summary>
    public Task<SrvResult> RunAsync(SrvRequestBody body) => _bench.RunAsync(body);

    /// <summary>Reads something and gives its values by path.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(SrvRequestBody body)
    {
        SrvResult result = await DoAsync(body);
        return result.Outcome.Body!.Values;
    }

    /// <summary>Lets time pass while nobody asks the meter anything.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        await _bench.DisconnectAsync();
        _bench.Clock.Advance(time);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();
}
