using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>Carries out one service reference variant by the capabilities of a device.</summary>
internal abstract class SrvHandler
{
    /// <summary>The refusals that are a legal answer of the device to this request; any other code breaks the protocol.</summary>
    internal abstract IReadOnlyDictionary<SrvRefusal, string> Refusals { get; }

    /// <summary>Carries the request out and says what the device did with it.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    internal abstract Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken);

    /// <summary>How far a request came that ended with a failure; null when nothing is known of it.</summary>
    /// <param name="failure">The failure.</param>
    internal virtual string? Told(HarnessException failure) => null;

    /// <summary>The answer of a device that refused: no values, and MessageSuccess false; null when the request has no answer.</summary>
    internal abstract SrvResponseBody? Refused();
}
