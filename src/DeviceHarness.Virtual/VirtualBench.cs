using System.Runtime.CompilerServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Hub;
using DeviceHarness.Virtual.Supply;

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
    /// <param name="linkTime">What measures the time-outs of their links, where the devices' time runs otherwise; null for the
    /// same.</param>
    /// <exception cref="ArgumentException">Two devices have the same name, or one is fed by a meter that is not there.</exception>
    /// <exception cref="IOException">A device's flash cannot be read or written.</exception>
    public VirtualBench(
        IReadOnlyList<VirtualBenchDevice> devices, TimeProvider timeProvider, Action<string, Exception> onFault, ICommandLog? log = null,
        TimeProvider? linkTime = null)
    {
        _devices = devices;
        _onFault = onFault;
        Esmes = devices.Where(device => device.Model is EsmeModel).ToDictionary(
            device => device.Name,
            device => new VirtualEsme(device.Name, (EsmeModel)device.Model, timeProvider, log, device.Flash, linkTime: linkTime));
        Hubs = devices.Where(device => device.Model is HubModel).ToDictionary(
            device => device.Name,
            device => new VirtualHub(
                device.Name, (HubModel)device.Model, FeedOf(device), timeProvider, log, device.Flash, linkTime: linkTime));
        if (devices.Count != Esmes.Count + Hubs.Count || devices.Select(device => device.Name).Distinct().Count() != devices.Count)
        {
            throw new ArgumentException("each device has a name of its own, and is a meter or a hub", nameof(devices));
        }
    }

    /// <summary>The meters by name, to plant defects and to look inside.</summary>
    public IReadOnlyDictionary<string, VirtualEsme> Esmes { get; }

    /// <summary>The comms hubs by name, to plant defects and to look inside.</summary>
    public IReadOnlyDictionary<string, VirtualHub> Hubs { get; }

    /// <summary>Whether a meter that tells its alerts by itself has one to tell. From any thread.</summary>
    public bool IsTelling => Esmes.Values.Any(meter => meter.IsTelling);

    /// <summary>Serves all lines until it is told to stop, or every device has failed.</summary>
    /// <param name="cancellationToken">Stops all devices; that is no error.</param>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_devices.Select(device => ServeAsync(device, cancellationToken)));

    private async Task ServeAsync(VirtualBenchDevice device, CancellationToken cancellationToken)
    {
        ILineDevice served = Esmes.TryGetValue(device.Name, out VirtualEsme? esme) ? esme : Hubs[device.Name];
        Task pump = device.Line is VirtualLine line
            ? served.RunAsync(line, cancellationToken)
            : TakeConnectionsAsync(served, device, cancellationToken);
        await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (pump.Exception is AggregateException failure)
        {
            _onFault(device.Name, failure.InnerExceptions[0]);
        }
    }

    private SupplyFeed FeedOf(VirtualBenchDevice device) =>
        device.SuppliedBy is not string meter ? SupplyFeed.Mains
        : Esmes.TryGetValue(meter, out VirtualEsme? esme) ? esme.HubSupply
        : throw new ArgumentException($"{device.Name} is fed by {meter}, which is no meter of the bench", nameof(device));

    private static async Task TakeConnectionsAsync(ILineDevice served, VirtualBenchDevice device, CancellationToken cancellationToken)
    {
        Func<CancellationToken, ValueTask<VirtualLine>> accept = device.AcceptAsync
            ?? throw new ArgumentException($"{device.Name} has neither a line nor a way to take connections", nameof(device));
        while (true)
        {
            VirtualLine connection = await accept(cancellationToken).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable closing = connection.Transport.ConfigureAwait(false);
            try
            {
                await served.RunAsync(connection, cancellationToken).ConfigureAwait(false);
            }
            catch (TransportException)
            {
                // The client hung up: the next one may come.
            }
        }
    }
}
