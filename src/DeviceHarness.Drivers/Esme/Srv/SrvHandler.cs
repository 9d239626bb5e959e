using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>Carries out one service reference variant by the capabilities of a device.</summary>
internal abstract class SrvHandler
{
    /// <summary>The refusals that are a legal answer of the device to this request; any other code breaks the protocol.</summary>
    internal abstract IReadOnlyDictionary<SrvRefusal, string> Refusals { get; }

    /// <summary>Carries the request out.</summary>
    internal abstract Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken);

    /// <summary>The answer of a device that refused: no values, and MessageSuccess false.</summary>
    internal abstract SrvResponseBody Refused();
}
