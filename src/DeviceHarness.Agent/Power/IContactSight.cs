namespace DeviceHarness.Agent.Power;

/// <summary>A line that sees where a contact stands. Safe for use from any thread.</summary>
internal interface IContactSight
{
    /// <summary>Looks at the line.</summary>
    /// <exception cref="Abstractions.Errors.TransportException">The line is missing or broken.</exception>
    ContactSighting Look();

    /// <summary>Waits until the line changed, or for some time.</summary>
    /// <param name="sequence">The number of the last change that is known; 0 when none.</param>
    /// <param name="atMost">How long to wait at most; it may be less.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Abstractions.Errors.TransportException">The line is missing or broken.</exception>
    Task WaitAsync(long sequence, TimeSpan atMost, CancellationToken cancellationToken);
}
