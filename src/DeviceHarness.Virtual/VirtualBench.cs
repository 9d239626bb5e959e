using System.Runtime.CompilerServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual;

/// <summary>Runs virtual devices side by side; one that fails is reported and stops, the others go on.</summary>
public sealed class VirtualBench
{
    private readonly IReadOnlyList<VirtualBenchDevice> _devices;
    private readonly Action<string, Exception> _onFault;

    /// <summary>Switches the devices on; they answer once <see cref="RunAsync"/> is called.</summary>
    /// <param name="devices">The devices, each name once.</param>
    /// <param name="timeProvider">What makes their time run.</param>
    /// <param name="onFault">Told when a device failed: its name and why. Called from the device's own task; must not block.</param>
    /// <param name="log">Keeps what clients make the devices do; null keeps nothing.</param>
    /// <exception cref="ArgumentException">Two devices have the same name.</exception>
    /// <exception cref="IOException">A device's flash cannot be read or written.</exception>
    public VirtualBench(
        IReadOnlyList<VirtualBenchDevice> devices, TimeProvider timeProvider, Action<string, Exception> onFault, ICommandLog? log = null)
    {
        _devices = devices;
        _onFault = onFault;
        Esmes = devices.ToDictionary(
            device => device.Name, device => new VirtualEsme(device.Name, device.Model, timeProvider, log, device.Flash));
    }

    /// <summary>The devices by name, to plant defects and to look inside.</summary>
    public IReadOnlyDictionary<string, VirtualEsme> Esmes { get; }

    /// <summary>Serves all lines until it is told to stop, or every device has failed.</summary>
    /// <param name="cancellationToken">Stops all devices; that is no error.</param>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_devices.Select(device => ServeAsync(device, cancellationToken)));

    private async Task ServeAsync(VirtualBenchDevice device, CancellationToken cancellationToken)
    {
        VirtualEsme esme = Esmes[device.Name];
        Task pump = device.Line is VirtualLine line
            ? esme.RunAsync(line, cancellationToken)
            : TakeConnectionsAsync(esme, device, cancellationToken);
        await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (pump.Exception is AggregateException failure)
        {
            _onFault(device.Name, failure.InnerExceptions[0]);
        }
    }

    private static async Task TakeConnectionsAsync(VirtualEsme esme, VirtualBenchDevice device, CancellationToken cancellationToken)
    {
        Func<CancellationToken, ValueTask<VirtualLine>> accept = device.AcceptAsync
            ?? throw new ArgumentException($"{device.Name} has neither a line nor a way to take connections", nameof(device));
        while (true)
        {
            VirtualLine connection = await accept(cancellationToken).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable closing = connection.Transport.ConfigureAwait(false);
            try
            {
                await esme.RunAsync(connection, cancellationToken).ConfigureAwait(false);
            }
            catch (TransportException)
            {
                // The client hung up: the next one may come.
            }
        }
    }
}
