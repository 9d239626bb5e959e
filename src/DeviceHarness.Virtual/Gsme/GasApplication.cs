using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.Devices;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>A gas meter as a device on the radio: its clusters and its wake cycle.</summary>
internal sealed class GasApplication : IHanApplication
{
    private readonly GasWakeCycle _cycle;
    private bool _isOnNetwork;

    /// <summary>Switches a meter on.</summary>
    /// <param name="model">What it is.</param>
    /// <param name="clock">The radio's time.</param>
    /// <param name="flash">What it kept.</param>
    /// <param name="log">Where it writes down what it is told; null for nowhere.</param>
    /// <exception cref="IOException">The flash cannot be read or written.</exception>
    public GasApplication(GasMeterModel model, TimeProvider clock, IMeterFlash flash, HanCommandLog? log)
    {
        State = new GasMeterState(model, clock, flash);
        Start = clock.GetElapsedTime(0) - State.Clock.Elapsed;
        _cycle = new GasWakeCycle(new GasEndpoint(State) { Log = log });
    }

    /// <summary>The inside of the meter.</summary>
    public GasMeterState State { get; }

    /// <summary>Its wakes.</summary>
    public GasWakeCycle Cycle => _cycle;

    /// <inheritdoc/>
    public IReadOnlyCollection<ushort> Served => GasEndpoint.Served;

    /// <inheritdoc/>
    public IReadOnlyCollection<ushort> Used => GasEndpoint.Used;

    /// <inheritdoc/>
    public string FirmwareVersion => State.FirmwareVersion;

    /// <inheritdoc/>
    public TimeSpan? NextDue => _isOnNetwork ? Start + _cycle.NextDue : null;

    /// <inheritdoc/>
    public TimeSpan NextWake => _isOnNetwork ? Start + _cycle.NextWake : TimeSpan.MaxValue;

    // The radio's time at which the meter was switched on.
    private TimeSpan Start { get; }

    /// <inheritdoc/>
    public bool IsListeningAt(TimeSpan at) => _isOnNetwork && _cycle.IsListeningAt(at - Start);

    /// <inheritdoc/>
    public bool TakeFirmwareNotice()
    {
        bool isNoticed = _cycle.HasFirmwareNotice;
        _cycle.HasFirmwareNotice = false;
        return isNoticed;
    }

    /// <inheritdoc/>
    public void Begin(TimeSpan now)
    {
        _isOnNetwork = true;
        _cycle.WakeNow();
    }

    /// <inheritdoc/>
    public void End()
    {
        _isOnNetwork = false;
        State.Settings.MirrorEndpoint = null;
        State.Save();
    }

    /// <inheritdoc/>
    public IReadOnlyList<HanMessage> Advance(TimeSpan now) => _cycle.Advance();

    /// <inheritdoc/>
    public IReadOnlyList<HanMessage> Take(EmberApsFrame aps, byte[] frame, TimeSpan now)
    {
        // What the radio delivers was asked for.
        _cycle.Rouse();
        return _cycle.Receive(aps, frame);
    }

    /// <inheritdoc/>
    public void RunFirmware(string version) => State.RunFirmware(version);
}
