using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Agent.Power;

/// <summary>The contact of a feed of a virtual bench: the relays of its meters move together.</summary>
/// <param name="bench">The bench.</param>
/// <param name="devices">The meters.</param>
internal sealed class VirtualContact(BenchControlClient bench, IReadOnlyList<DeviceId> devices) : IFeedContact
{
    /// <inheritdoc/>
    public async Task SetAsync(bool isOn, CancellationToken cancellationToken)
    {
        foreach (DeviceId device in devices)
        {
            await bench.DriveAsync($"power {device} {(isOn ? "on" : "off")}", cancellationToken).ConfigureAwait(false);
        }
    }
}
