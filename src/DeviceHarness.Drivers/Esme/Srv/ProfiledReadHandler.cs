using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>Carries out a read whose objects the profile names. A model without any is refused without a word to the device.</summary>
internal abstract class ProfiledReadHandler(ReadObjects objects) : SrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => SrvRefusal.OfRead;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        if (!objects.TryFind(body.ServiceReferenceVariant, out ReadValues? values))
        {
            string detail = $"the device model has no object for SRV {body.ServiceReferenceVariant}";
            return new DeviceOutcome(DeviceOutcomeKind.Refused, Refused(), detail, null, null);
        }

        SrvResponseBody answer = await ReadAsync(body, values, cancellationToken).ConfigureAwait(false);
        return new DeviceOutcome(DeviceOutcomeKind.Done, answer, string.Empty, null, null);
    }

    /// <summary>Reads the answer.</summary>
    /// <exception cref="Abstractions.Errors.HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    protected abstract Task<SrvResponseBody> ReadAsync(SrvRequestBody body, ReadValues values, CancellationToken cancellationToken);
}
