using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Rig;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Power;

/// <summary>What moves covers and presses buttons of the devices of a rig: contacts at GPIO lines, and the virtual bench. A line is taken
/// when it is first needed. What was held is let go when a step ends, however it ends, when the bench is closed, and when an agent starts
/// after one that died.</summary>
internal sealed class RigHands : ITamperPort, IButtonPort, IAsyncDisposable
{
    private readonly RigConfiguration _rig;
    private readonly BenchControlClient _bench;
    private readonly Action<DeviceId> _moved;
    private readonly ILogger _log;
    private readonly Dictionary<RigTamper, WatchedCoil> _covers;
    private readonly Dictionary<RigButton, WatchedCoil> _buttons;

    /// <summary>Makes it.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="bench">The virtual bench.</param>
    /// <param name="moved">Told of each device whose switch or button was moved, or may have been.</param>
    /// <param name="time">Real time: what measures how long a button is held, and how long a contact may take.</param>
    /// <param name="log">Where is told what could not be let go.</param>
    /// <param name="lines">Where lines come from.</param>
    public RigHands(
        RigConfiguration rig, BenchControlClient bench, Action<DeviceId> moved, TimeProvider time, ILogger log, HandLines lines)
    {
        _rig = rig;
        _bench = bench;
        _moved = moved;
        _log = log;
        WatchedCoil CoilOf(GpioHand hand, string what) =>
            new(lines.Drive(hand.Line), hand.SeenBy is { } seen ? lines.See(seen) : null, what, time);
        _covers = rig.Tampers.Where(tamper => tamper.By is GpioHand)
            .ToDictionary(tamper => tamper, tamper => CoilOf((GpioHand)tamper.By, NameOf(tamper.Device, tamper.Cover!.Value)));
        _buttons = rig.Buttons.Where(button => button.By is GpioHand)
            .ToDictionary(button => button, button => CoilOf((GpioHand)button.By, NameOf(button.Device, button.Button)));
    }

    private IEnumerable<WatchedCoil> Coils => _covers.Values.Concat(_buttons.Values);

    /// <inheritdoc/>
    public bool Has(DeviceId device, MeterCover cover) => Find(device, cover) is not null;

    /// <inheritdoc/>
    public bool Has(DeviceId device, string button) => Find(device, button) is not null;

    /// <inheritdoc/>
    public async Task<ContactMove> SetAsync(DeviceId device, MeterCover cover, bool isOpen, CancellationToken cancellationToken)
    {
        try
        {
            if (Find(device, cover) is { } tamper && _covers.TryGetValue(tamper, out WatchedCoil? coil))
            {
                return isOpen
                    ? await coil.CloseAsync(cancellationToken).ConfigureAwait(false)
                    : await coil.LetGoAsync().ConfigureAwait(false);
            }

            string told = $"cover {device} {cover.ToString().ToLowerInvariant()} {(isOpen ? "open" : "closed")}";
            await _bench.DriveAsync(told, cancellationToken).ConfigureAwait(false);
            return new ContactMove(NameOf(device, cover), GpioLineReader.Virtual, isOpen, Seen: null);
        }
        finally
        {
            _moved(device);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ContactMove>> PressAsync(
        DeviceId device, string button, TimeSpan hold, CancellationToken cancellationToken)
    {
        try
        {
            if (Find(device, button) is { } found && _buttons.TryGetValue(found, out WatchedCoil? coil))
            {
                return await coil.PressAsync(hold, cancellationToken).ConfigureAwait(false);
            }

            // A virtual finger is quick: the meter knows no time for which its button is held.
            _ = await _bench.AskAsync($"press {device} {button}", cancellationToken).ConfigureAwait(false);
            ContactMove pressed = new(NameOf(device, button), GpioLineReader.Virtual, IsActive: true, Seen: null);
            return [pressed, pressed with { IsActive = false }];
        }
        finally
        {
            _moved(device);
        }
    }

    /// <summary>Lets go of every line, whoever drove it before; what could not be let go is in the log.</summary>
    public Task LetGoAsync() => LetGoAsync(Coils);

    /// <summary>Lets go of all that was driven, and gives the lines back.</summary>
    public async ValueTask DisposeAsync()
    {
        await LetGoAsync(Coils.Where(coil => coil.WasDriven)).ConfigureAwait(false);
        foreach (WatchedCoil coil in Coils)
        {
            coil.Dispose();
        }
    }

    private static string NameOf(DeviceId device, MeterCover cover) => $"the {cover.ToString().ToLowerInvariant()} cover of {device}";

    private static string NameOf(DeviceId device, string button) => $"the button '{button}' of {device}";

    private async Task LetGoAsync(IEnumerable<WatchedCoil> coils)
    {
        foreach (WatchedCoil coil in coils)
        {
            try
            {
                _ = await coil.LetGoAsync().ConfigureAwait(false);
            }
            catch (TransportException fault)
            {
                AgentLog.NotLetGo(_log, _rig.Name, fault.Message);
            }
        }
    }

    private RigTamper? Find(DeviceId device, MeterCover cover) =>
        _rig.Tampers.FirstOrDefault(tamper => tamper.Device == device && (tamper.Cover ?? cover) == cover);

    private RigButton? Find(DeviceId device, string button) =>
        _rig.Buttons.FirstOrDefault(candidate => candidate.Device == device && candidate.Button == button);
}
