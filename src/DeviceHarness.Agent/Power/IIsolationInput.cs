namespace DeviceHarness.Agent.Power;

/// <summary>The lines at which a bench tells that a person or a breaker switched it off, and that a person lets it be switched on
/// again.</summary>
internal interface IIsolationInput
{
    /// <summary>Whether the bench is isolated now, or was since this was last asked.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Abstractions.Errors.TransportException">The line is missing or broken: nobody knows.</exception>
    Task<bool> WasIsolatedAsync(CancellationToken cancellationToken);

    /// <summary>Whether the bench is isolated now.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Abstractions.Errors.TransportException">The line is missing or broken: nobody knows.</exception>
    Task<bool> IsIsolatedAsync(CancellationToken cancellationToken);

    /// <summary>Whether the button at the bench was pressed since the isolation ended.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False for a bench without a button.</returns>
    /// <exception cref="Abstractions.Errors.TransportException">The line is missing or broken: nobody knows.</exception>
    Task<bool> WasAcknowledgedAsync(CancellationToken cancellationToken);
}
