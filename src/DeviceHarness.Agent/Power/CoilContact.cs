using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Agent.Power;

/// <summary>The contact of a feed that a coil moves.</summary>
/// <param name="board">Who drives the coil.</param>
/// <param name="channel">Which coil, from 1.</param>
/// <param name="isNormallyClosed">Whether the contact feeds while the coil is not driven.</param>
internal sealed class CoilContact(IRelayBoard board, int channel, bool isNormallyClosed) : IFeedContact
{
    /// <inheritdoc/>
    public Task SetAsync(bool isOn, CancellationToken cancellationToken) =>
        board.SetAsync(channel, isEnergised: isOn != isNormallyClosed, cancellationToken);
}
