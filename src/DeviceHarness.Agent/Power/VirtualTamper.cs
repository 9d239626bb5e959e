using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Agent.Power;

/// <summary>The cover switches of the meters of a virtual bench.</summary>
/// <param name="bench">The bench.</param>
/// <param name="devices">The meters that the rig file names.</param>
/// <param name="moved">Told of each meter whose switch was moved, or may have been.</param>
internal sealed class VirtualTamper(BenchControlClient bench, IReadOnlyList<DeviceId> devices, Action<DeviceId> moved) : ITamperPort
{
    /// <inheritdoc/>
    public bool Has(DeviceId device) => devices.Contains(device);

    /// <inheritdoc/>
    public async Task SetAsync(DeviceId device, MeterCover cover, bool isOpen, CancellationToken cancellationToken)
    {
        try
        {
            await bench.AskAsync(
                $"cover {device} {cover.ToString().ToLowerInvariant()} {(isOpen ? "open" : "closed")}", cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            moved(device);
        }
    }
}
