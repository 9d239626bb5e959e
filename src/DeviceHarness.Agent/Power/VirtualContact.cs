using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Agent.Power;

/// <summary>The contact of a feed of a virtual bench: the relays of its meters move together.</summary>
/// <param name="bench">The bench.</param>
/// <param name="devices">The meters.</param>
/// <param name="moved">Told of each meter whose supply was moved, or may have been.</param>
internal sealed class VirtualContact(BenchControlClient bench, IReadOnlyList<DeviceId> devices, Action<DeviceId> moved) : IFeedContact
{
    /// <inheritdoc/>
    public async Task SetAsync(bool isOn, CancellationToken cancellationToken)
    {
        foreach (DeviceId device in devices)
        {
            try
            {
                await bench.AskAsync($"power {device} {(isOn ? "on" : "off")}", cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                moved(device);
            }
        }
    }
}
