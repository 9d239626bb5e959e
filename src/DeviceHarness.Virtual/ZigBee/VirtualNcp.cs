using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.Hub;
using DeviceHarness.Virtual.ZigBee.Ncp;
using DeviceHarness.Virtual.ZigBee.Radio;

namespace DeviceHarness.Virtual.ZigBee;

/// <summary>A virtual ZigBee adapter: the link, the protocol on it, a simulated radio and the devices on that.</summary>
/// <remarks>Safe for use from any thread. One pump at a time; a host that closes and opens the line again finds the adapter as it
/// was.</remarks>
public sealed class VirtualNcp : ILineDevice
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _timeProvider;
    private readonly long _start;
    private AshNcp _link;
    private ReadOnlyMemory<byte> _unasked;

    /// <summary>Switches an adapter on.</summary>
    /// <param name="name">Its name in the rig file.</param>
    /// <param name="model">What it is, and what is on its radio.</param>
    /// <param name="timeProvider">What makes its time run.</param>
    /// <param name="flash">What it keeps without power; null for an adapter that was never on and forgets with the process.</param>
    /// <param name="devices">What the devices on its radio keep without power and where they write down what they are told; null for
    /// devices that do neither.</param>
    /// <exception cref="IOException">The flash cannot be read or written.</exception>
    public VirtualNcp(
        string name, NcpModel model, TimeProvider timeProvider, IMeterFlash? flash = null, HanDeviceStores? devices = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(timeProvider);
        Name = name;
        _timeProvider = timeProvider;
        _start = timeProvider.GetTimestamp();
        Radio = new SimulatedRadio(model.Seed, model.Radio);
        Ncp = new EzspNcp(model.Adapter, Radio, flash ?? new MemoryFlash(), Send);
        _link = new AshNcp(model.Adapter.Link, Ncp);
        Devices = [.. model.Devices.Select(device => new VirtualHanDevice(
            device, Radio, timeProvider.GetUtcNow, devices?.FlashOf(device.Name), devices?.Commands,
            devices?.MeterOf(device.Name)))];
        Mirror(Devices);
        if (model.Hub is { } hub)
        {
            Hub = new VirtualHanHub(hub, Radio, timeProvider.GetUtcNow, devices?.FlashOf(HanDefectNames.HubName));
            Radio.Schedule(TimeSpan.Zero, now =>
            {
                Hub.Resume();
                Hub.Open(true, now);
            });
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The radio. Look and change only between steps, or from what the radio calls.</summary>
    public SimulatedRadio Radio { get; }

    /// <summary>The protocol's side. Look and change only between steps.</summary>
    public EzspNcp Ncp { get; private set; }

    /// <summary>The comms hub on the radio; null where the adapter forms the network.</summary>
    public VirtualHanHub? Hub { get; }

    /// <summary>The devices on the radio.</summary>
    public IReadOnlyList<VirtualHanDevice> Devices { get; }

    /// <summary>What the link saw.</summary>
    public AshNcpCounters Counters => Look(link => link.Counters);

    /// <summary>Where the link stands.</summary>
    public AshNcpState State => Look(link => link.State);

    /// <inheritdoc/>
    public LineSetting? Line => null;

    /// <inheritdoc/>
    public bool IsConnectionOver => false;

    /// <inheritdoc/>
    public TimeSpan TimeToNextStep
    {
        get
        {
            lock (_gate)
            {
                if (!_unasked.IsEmpty)
                {
                    return TimeSpan.Zero;
                }

                TimeSpan? radio = Radio.NextDue;
                TimeSpan? link = _link.NextTick;
                return LinePump.TimeTo(radio is null || link < radio ? link ?? radio : radio, Elapsed);
            }
        }
    }

    private TimeSpan Elapsed => _timeProvider.GetElapsedTime(_start);

    /// <summary>The adapter restarts by itself.</summary>
    /// <param name="code">Why, as it tells the host.</param>
    public void Restart(AshResetCode code)
    {
        lock (_gate)
        {
            _unasked = _link.Restart(code, Elapsed).ToArray();
        }
    }

    /// <summary>The adapter gives up until it is reset.</summary>
    /// <param name="code">Why, as it tells the host.</param>
    public void Fail(AshResetCode code)
    {
        lock (_gate)
        {
            _unasked = _link.Fail(code).ToArray();
        }
    }

    /// <summary>Somebody takes the adapter out and puts another in, on the same radio.</summary>
    /// <param name="options">The other adapter.</param>
    /// <param name="flash">What that keeps; null for one that was never on.</param>
    /// <exception cref="IOException">The flash cannot be read or written.</exception>
    public void Swap(NcpOptions options, IMeterFlash? flash = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (_gate)
        {
            Radio.Remove(Ncp.Eui64);
            Ncp = new EzspNcp(options, Radio, flash ?? new MemoryFlash(), Send);
            _link = new AshNcp(options.Link, Ncp);
        }
    }

    /// <summary>Looks inside, or changes something, while no step runs.</summary>
    /// <param name="act">What to do; it is told the time.</param>
    /// <typeparam name="T">What comes of it.</typeparam>
    public T Act<T>(Func<VirtualNcp, TimeSpan, T> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        lock (_gate)
        {
            return act(this, Elapsed);
        }
    }

    /// <inheritdoc/>
    public void ResetLink()
    {
        lock (_gate)
        {
            _link.ResetLine();
        }
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Step(ReadOnlySpan<byte> octets)
    {
        lock (_gate)
        {
            TimeSpan now = Elapsed;
            ReadOnlyMemory<byte> unasked = _unasked;
            _unasked = default;
            Ncp.Run(now);
            ReadOnlyMemory<byte> output = octets.IsEmpty ? _link.Tick(now) : _link.Receive(octets, now);
            return unasked.IsEmpty ? output : (byte[])[.. unasked.Span, .. output.Span];
        }
    }

    /// <inheritdoc/>
    public Task RunAsync(VirtualLine line, CancellationToken cancellationToken) => LinePump.RunAsync(this, line, cancellationToken);

    // A proxy gets what its meter reports, wherever the trust centre made the mirror, and asks it then for what it noted.
    private static void Mirror(IReadOnlyList<VirtualHanDevice> devices)
    {
        foreach (VirtualHanDevice device in devices)
        {
            VirtualHanDevice? meter = devices.FirstOrDefault(one => one.Model.Name == device.Model.GasProxy?.GasMeter);
            if (device.GasProxy is { } proxy && meter?.GasMeter is { } gas)
            {
                gas.Reported += proxy.TakeReport;
                proxy.State.Logs.Meter = gas.Cycle.Endpoint.Metering.Serve;
            }
        }
    }

    private bool Send(ReadOnlyMemory<byte> frame, bool isCallback) => _link.TrySend(frame.Span, isCallback);

    private T Look<T>(Func<AshNcp, T> look)
    {
        lock (_gate)
        {
            return look(_link);
        }
    }
}
