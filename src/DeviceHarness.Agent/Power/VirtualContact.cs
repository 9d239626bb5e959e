using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Power;

/// <summary>The contact of a feed of a virtual bench: that of its own meters, and one before the contacts of all behind it.</summary>
/// <param name="bench">The bench.</param>
/// <param name="feed">The feed.</param>
internal sealed class VirtualContact(BenchControlClient bench, RigFeed feed) : IFeedContact
{
    /// <inheritdoc/>
    public async Task SetAsync(bool isOn, CancellationToken cancellationToken)
    {
        foreach (DeviceId device in feed.Feed.Devices)
        {
            string source = feed.Own.Contains(device) ? string.Empty : $" {feed.Feed.Name}";
            await bench.DriveAsync($"power {device} {(isOn ? "on" : "off")}{source}", cancellationToken).ConfigureAwait(false);
        }
    }
}
