using DeviceHarness.Abstractions.Errors;
using DeviceHarness.TestKit;
using DeviceHarness.TestKit.Lines;
using DeviceHarness.Transports.Memory;
using DeviceHarness.Virtual;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>A virtual device at the far end of a line whose time stands still while anything can happen on it.</summary>
internal sealed class DeviceLine : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly LockstepLine _line;
    private Task _serving = Task.CompletedTask;

    public DeviceLine(string name)
    {
        MemoryTransportPair pair = MemoryTransportPair.Create(name);
        _line = new LockstepLine(pair.Near, pair.Far, new ManualTimeProvider());
        Near = new OctetLog(_line.Near);
    }

    /// <summary>The client's end.</summary>
    public OctetLog Near { get; }

    /// <summary>The clock of both ends.</summary>
    public ManualTimeProvider Clock => _line.Clock;

    /// <summary>Puts a device that takes its time from <see cref="Clock"/> on the line.</summary>
    public void Serve(ILineDevice device) => _serving = Task.Run(() => ServeAsync(device, _stop.Token));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _line.DisposeAsync();
        await _serving.DefaultTimeout();
        _stop.Dispose();
    }

    private async Task ServeAsync(ILineDevice device, CancellationToken cancellationToken)
    {
        Task serving = device.RunAsync(new VirtualLine(_line.Far), cancellationToken);
        await Task.WhenAny(serving);

        // The line is taken down at the end; all else is the device's own fault.
        if (serving.Exception?.InnerException is not (null or TransportException))
        {
            await serving;
        }
    }
}
