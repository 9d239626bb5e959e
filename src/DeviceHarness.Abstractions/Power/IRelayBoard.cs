namespace DeviceHarness.Abstractions.Power;

/// <summary>Coils that the bench drives: the channels of one board, strip or program. One caller at a time.</summary>
/// <remarks>It knows nothing of what hangs on its contacts; which way a coil moves a supply is the wiring's, and <see cref="IFeedContact"/>
/// knows it.</remarks>
public interface IRelayBoard
{
    /// <summary>Drives a coil.</summary>
    /// <param name="channel">The channel, from 1.</param>
    /// <param name="isEnergised">Whether the coil is to be driven.</param>
    /// <param name="cancellationToken">Ends the wait; where the coil stands is not known then.</param>
    /// <exception cref="Errors.TransportException">The board is missing, silent or refuses; where the coil stands is not
    /// known.</exception>
    Task SetAsync(int channel, bool isEnergised, CancellationToken cancellationToken);

    /// <summary>Asks the board whether it drives a coil. It is what the board believes, not where the contact stands.</summary>
    /// <param name="channel">The channel, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null for a board that cannot tell.</returns>
    /// <exception cref="Errors.TransportException">The board is missing, silent or refuses.</exception>
    Task<bool?> ReadAsync(int channel, CancellationToken cancellationToken);
}
