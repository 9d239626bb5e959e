using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.CommsHub;

/// <summary>Carries out a request on a device behind a hub, when it is that device which the hub shows in its place.</summary>
/// <param name="request">What carries it out.</param>
/// <param name="identity">Who is there.</param>
internal sealed class HanDeviceHandler(SrvHandler request, HanIdentity identity) : SrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => request.Refusals;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        Eui64? found = await identity.FindAsync(cancellationToken).ConfigureAwait(false);
        return found == identity.Expected
            ? await request.ConductAsync(body, cancellationToken).ConfigureAwait(false)
            : new DeviceOutcome(
                DeviceOutcomeKind.Unreachable, null,
                $"the hub shows {found?.ToString() ?? "no device"} where {identity.Expected} should be", null, LinkAnswersProbe: true);
    }

    /// <inheritdoc/>
    internal override string? Told(HarnessException failure) => request.Told(failure);

    /// <inheritdoc/>
    internal override SrvResponseBody? Refused() => request.Refused();
}
