using System.Diagnostics;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Packs.Tests.Support;

/// <summary>Contacts for the terminal cover and the button <c>boost-1</c> of <c>esme-01</c>; each change is stamped a second after the one
/// before.</summary>
internal sealed class SimulatedHands : ITamperPort, IButtonPort
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>What was told, in order.</summary>
    public List<string> Told { get; } = [];

    /// <summary>Called as the cover is taken off.</summary>
    public Action Opened { get; set; } = () => { };

    /// <summary>Why no contact moves; null while they do.</summary>
    public TransportException? Fault { get; set; }

    public bool Has(DeviceId device, MeterCover cover) => device.Value == "esme-01" && cover == MeterCover.Terminal;

    public bool Has(DeviceId device, string button) => device.Value == "esme-01" && button == "boost-1";

    public Task<ContactMove> SetAsync(DeviceId device, MeterCover cover, bool isOpen, CancellationToken cancellationToken)
    {
        if (isOpen)
        {
            Opened();
        }

        return Task.FromResult(Move($"{device} {cover}", isOpen));
    }

    public Task<IReadOnlyList<ContactMove>> PressAsync(
        DeviceId device, string button, TimeSpan hold, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ContactMove>>(
            [Move($"{device} {button} {hold.TotalSeconds:0.#}", isActive: true), Move($"{device} {button}", isActive: false)]);

    private ContactMove Move(string what, bool isActive)
    {
        if (Fault is not null)
        {
            throw Fault;
        }

        Told.Add($"{what} {(isActive ? "on" : "off")}");
        return new ContactMove(what, "gpio", isActive, new ContactEdge(Told.Count, _start + (Told.Count * Stopwatch.Frequency)));
    }
}
