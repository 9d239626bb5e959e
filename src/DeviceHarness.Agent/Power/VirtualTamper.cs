using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Agent.Power;

/// <summary>The cover switches of the meters of a virtual bench.</summary>
/// <param name="bench">The bench.</param>
/// <param name="devices">The meters that the rig file names.</param>
internal sealed class VirtualTamper(BenchControlClient bench, IReadOnlyList<DeviceId> devices) : ITamperPort
{
    /// <inheritdoc/>
    public bool Has(DeviceId device) => devices.Contains(device);

    /// <inheritdoc/>
    public Task SetAsync(DeviceId device, MeterCover cover, bool isOpen, CancellationToken cancellationToken) => bench.AskAsync(
        $"cover {device} {cover.ToString().ToLowerInvariant()} {(isOpen ? "open" : "closed")}", cancellationToken);
}
