using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>Carries out a variant that a device either does or refuses by a code of its protocol.</summary>
internal abstract class DirectSrvHandler : SrvHandler
{
    /// <summary>Carries the request out.</summary>
    internal abstract Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken);

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        SrvResponseBody answer = await ExecuteAsync(body, cancellationToken).ConfigureAwait(false);
        return new DeviceOutcome(DeviceOutcomeKind.Done, answer, string.Empty, null, null);
    }
}
