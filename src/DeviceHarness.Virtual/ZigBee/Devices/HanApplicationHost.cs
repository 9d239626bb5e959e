using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Esme.Han;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Gpf;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.Ppmid;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.Radio;

namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>Lets the application of a virtual device live: gives it the frames that came, sends what it says, and wakes it.</summary>
/// <param name="model">What the device is.</param>
/// <param name="radio">The radio, whose time the application lives by.</param>
/// <param name="application">The application.</param>
/// <param name="send">Sends a message to a short address.</param>
internal sealed class HanApplicationHost(
    HanDeviceModel model, SimulatedRadio radio, IHanApplication application, Action<ushort, EmberApsFrame, byte[], TimeSpan> send)
{
    private const ushort CoordinatorAddress = 0;

    private TimeSpan? _watched;
    private bool _hasBegun;

    /// <summary>The application.</summary>
    public IHanApplication Application => application;

    /// <summary>Whether what goes out is protected by the APS link key, by cluster.</summary>
    public required Func<ushort, bool> IsProtected { get; init; }

    /// <summary>Switches on what a model describes; null for a device that is no more than one on a network.</summary>
    /// <param name="model">What the device is.</param>
    /// <param name="clock">The radio's time.</param>
    /// <param name="flash">What it kept.</param>
    /// <param name="log">Where it writes down what it is told; null for nowhere.</param>
    /// <param name="meter">The electricity meter of the bench that it is a face of; null for one without a line.</param>
    /// <exception cref="IOException">The flash cannot be read or written.</exception>
    public static IHanApplication? ApplicationOf(
        HanDeviceModel model, TimeProvider clock, IMeterFlash flash, HanCommandLog? log, VirtualEsme? meter) =>
        model.GasMeter is { } gas ? new GasApplication(gas, clock, flash, log)
        : model.GasProxy is { } proxy ? new GpfApplication(proxy, clock, flash, log)
        : model.ElectricityMeter is { } electricity
            ? new EsmeHanApplication(electricity, meter ?? new VirtualEsme(model.Name, electricity.Meter, clock, flash: flash), log)
        : model.Display is { } display ? new PpmidApplication(display, clock, log)
        : null;

    /// <summary>The device is in a network, and what it sends can be protected: the application begins, once.</summary>
    public void Begin(TimeSpan now)
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            application.Begin(now);
            Watch(now);
        }
    }

    /// <summary>The device is in no network any more.</summary>
    public void End()
    {
        _hasBegun = false;
        application.End();
    }

    /// <summary>A frame came for the application.</summary>
    public void Take(RadioFrame frame, TimeSpan now)
    {
        IReadOnlyList<HanMessage> answers = application.Take(frame.Aps, frame.Payload, now);
        if (!frame.IsBroadcast)
        {
            Send(answers, frame.Source, now + model.AnswerTime);
        }

        Watch(now);
    }

    /// <summary>Sends to the trust centre what somebody's hand brought about.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool TrySend(IReadOnlyList<HanMessage>? messages, TimeSpan now)
    {
        Send(messages ?? [], CoordinatorAddress, now);
        return messages is not null;
    }

    private void Send(IReadOnlyList<HanMessage> messages, ushort destination, TimeSpan from)
    {
        for (int index = 0; index < messages.Count; index++)
        {
            HanMessage message = messages[index];
            EmberApsOptions protection = IsProtected(message.Cluster) ? EmberApsOptions.Encryption : EmberApsOptions.None;
            EmberApsFrame aps = new(
                model.Profile, message.Cluster, VirtualHanDevice.ApplicationEndpoint, message.Endpoint,
                EmberApsOptions.Retry | protection, 0, 0);
            radio.Schedule(from + (index * model.MessageSpacing), time => send(destination, aps, message.Frame, time));
        }
    }

    // What was put off meanwhile is watched by a later call.
    private void Watch(TimeSpan now)
    {
        if (application.NextDue is not { } at || _watched == at)
        {
            return;
        }

        _watched = at;
        radio.Schedule(at > now ? at : now, time =>
        {
            if (_watched == at)
            {
                _watched = null;
                if (_hasBegun)
                {
                    Send(application.Advance(time), CoordinatorAddress, time);
                    Watch(time);
                }
            }
        });
    }
}
