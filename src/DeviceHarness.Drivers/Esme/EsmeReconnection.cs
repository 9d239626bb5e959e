using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Drivers.Esme;

/// <summary>Brings link and association up again inside a request: after a loss of the device's power, or its restart.</summary>
internal sealed class EsmeReconnection(EsmeSession session, TimeProvider timeProvider)
{
    /// <summary>Whether a failure in a dialogue means that the link is gone and can be brought up again.</summary>
    internal bool IsLost(HarnessException exception) => LostLink.Is(exception, session.MakesConnection);

    /// <summary>Closes association and link, and brings them up again.</summary>
    /// <param name="patience">How long the device is looked for.</param>
    /// <param name="pause">How long it is left alone between two attempts.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="HarnessException">The device is not found in time, or rejects the association.</exception>
    internal async Task RenewAsync(TimeSpan patience, TimeSpan pause, CancellationToken cancellationToken)
    {
        await session.CloseAsync(cancellationToken).ConfigureAwait(false);
        await ReconnectAsync(patience, pause, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks for the device until it answers and associates.</summary>
    /// <param name="patience">How long it is looked for.</param>
    /// <param name="pause">How long it is left alone between two attempts.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="HarnessException">The device is not found in time, or rejects the association.</exception>
    internal async Task ReconnectAsync(TimeSpan patience, TimeSpan pause, CancellationToken cancellationToken)
    {
        long started = timeProvider.GetTimestamp();
        while (true)
        {
            try
            {
                await session.ConnectAsync(cancellationToken).ConfigureAwait(false);
                await session.AssociateAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (HarnessException lost)
                when (LostLink.IsWhileConnecting(lost, session.MakesConnection) && timeProvider.GetElapsedTime(started) < patience)
            {
                await Task.Delay(pause, timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
