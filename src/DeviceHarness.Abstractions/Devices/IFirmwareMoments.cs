namespace DeviceHarness.Abstractions.Devices;

/// <summary>Is awaited at the moments of a device's firmware requests: its driver goes on when that returns. Whoever waits there keeps the
/// device waiting.</summary>
public interface IFirmwareMoments
{
    /// <summary>A moment has come.</summary>
    /// <param name="moment">The moment.</param>
    /// <param name="block">The block that is about to be sent, from 0; 0 at every other moment.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    ValueTask ReachedAsync(FirmwareMoment moment, int block, CancellationToken cancellationToken);
}
