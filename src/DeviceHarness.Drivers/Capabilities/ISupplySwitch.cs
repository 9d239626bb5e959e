using DeviceHarness.Duis.Bodies.Supply;

namespace DeviceHarness.Drivers.Capabilities;

/// <summary>Switches the supply behind a meter.</summary>
public interface ISupplySwitch
{
    /// <summary>Switches the supply on.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Abstractions.Errors.HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    ValueTask EnableAsync(CancellationToken cancellationToken);

    /// <summary>Switches the supply off.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Abstractions.Errors.HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    ValueTask DisableAsync(CancellationToken cancellationToken);

    /// <summary>Reads whether the supply is on.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Abstractions.Errors.HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    ValueTask<SupplyState> ReadStateAsync(CancellationToken cancellationToken);
}
