using DeviceHarness.Agent.SelfTest;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.ZigBee;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>A virtual adapter with what is on its radio, on the self-test's clock: nobody waits for a device that sleeps.</summary>
internal sealed class RadioBench : IDisposable
{
    private readonly QuietLine _line;

    private RadioBench(NcpModel model)
    {
        Clock.Enter();
        _line = new QuietLine(new VirtualNcp("zigbee", model, Clock), Clock);
        Clock.Attach(_line);
        Clock.Start();
    }

    public QuietClock Clock { get; } = new();

    /// <summary>Does something on such a bench: all of it is work that the clock waits for.</summary>
    /// <param name="model">The adapter and the devices.</param>
    /// <param name="act">What is done.</param>
    public static Task RunAsync(NcpModel model, Func<RadioBench, Task> act) => Task.Run(async () =>
    {
        using RadioBench bench = new(model);
        await act(bench);
    }).DefaultTimeout();

    /// <summary>The adapter as the host has it.</summary>
    /// <param name="isOwn">Whether it agrees on keys by its own library.</param>
    public IZigBeeAdapter Adapter(bool isOwn = false) =>
        ZigBeeAdapters.Create(new() { Kind = "ezsp", UsesOwnKeyAgreement = isOwn }, "zigbee", _ => new(Open()), Clock);

    /// <summary>Its line.</summary>
    public Abstractions.Transports.IByteTransport Open() => _line.Open();

    public void Dispose() => Clock.Dispose();
}
