using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.Devices;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>A gas meter as a device on the radio: its clusters and its wake cycle.</summary>
internal sealed class GasApplication : IHanApplication
{
    private const byte ServerReport = 0x08;
    private const byte ReportAttributes = 0x0A;
    private const int HeaderOctets = 3;
    private const byte AtMeter = 1;

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

    /// <summary>Told of each report that the meter sends, with its cluster and what follows the header; null tells nobody.</summary>
    public Action<ushort, byte[]>? Reported { get; set; }

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
    public IReadOnlyList<HanMessage> Advance(TimeSpan now) => Told(_cycle.Advance());

    /// <inheritdoc/>
    public IReadOnlyList<HanMessage> Take(EmberApsFrame aps, byte[] frame, TimeSpan now)
    {
        // What the radio delivers was asked for.
        _cycle.Rouse();
        return Told(_cycle.Receive(aps, frame));
    }

    /// <inheritdoc/>
    public void RunFirmware(string version) => State.RunFirmware(version);

    /// <inheritdoc/>
    public void RefuseFirmware() => State.Enter(EventCode.FirmwareVerificationFailed);

    /// <inheritdoc/>
    public IReadOnlyList<string> DisplayLines => GasDisplay.Of(State, _cycle.Endpoint.Messaging.Shown);

    /// <inheritdoc/>
    public IReadOnlyList<HanMessage>? Press(HanButton button) => button switch
    {
        HanButton.Reconnect when State.TryOpenByHand() => [],
        HanButton.EmergencyCredit when State.Account.TryActivateEmergency() => Kept(),
        _ => null,
    };

    /// <inheritdoc/>
    public IReadOnlyList<HanMessage>? Enter(string digits)
    {
        State.TopUp(digits, AtMeter);
        return [];
    }

    private HanMessage[] Kept()
    {
        State.Save();
        return [];
    }

    private IReadOnlyList<HanMessage> Told(IReadOnlyList<HanMessage> messages)
    {
        foreach (HanMessage message in messages.Where(message => message.Frame is [ServerReport, _, ReportAttributes, ..]))
        {
            Reported?.Invoke(message.Cluster, message.Frame[HeaderOctets..]);
        }

        return messages;
    }
}
