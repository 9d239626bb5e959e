namespace DeviceHarness.Abstractions.Power;

/// <summary>The contact of one feed: a relay, or the virtual bench's. Told by one caller at a time.</summary>
public interface IFeedContact
{
    /// <summary>Tells the contact where to stand. Returns when it was told, not when the supply follows.</summary>
    /// <param name="isOn">Whether the supply is to be there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Errors.TransportException">The contact is missing or broken; where it stands is not known.</exception>
    Task SetAsync(bool isOn, CancellationToken cancellationToken);
}
