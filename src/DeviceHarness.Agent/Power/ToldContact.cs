using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Agent.Power;

/// <summary>A contact that tells of each device whose supply was moved, or may have been.</summary>
/// <param name="contact">The contact.</param>
/// <param name="devices">All devices that lose their supply with it.</param>
/// <param name="moved">Is told.</param>
internal sealed class ToldContact(IFeedContact contact, IReadOnlyList<DeviceId> devices, Action<DeviceId> moved) : IFeedContact
{
    /// <inheritdoc/>
    public async Task SetAsync(bool isOn, CancellationToken cancellationToken)
    {
        try
        {
            await contact.SetAsync(isOn, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (DeviceId device in devices)
            {
                moved(device);
            }
        }
    }
}
