using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>Carries out a request that changes the device at objects that the profile names. What the model cannot take is refused without
/// a word to the device. The device is taken at its word: the effect is for other requests to show.</summary>
/// <typeparam name="TRequest">The request, named as its element.</typeparam>
internal abstract class ProfiledWriteHandler<TRequest>(WriteObjects objects) : SrvHandler
    where TRequest : SrvRequestBody
{
    private static readonly string AnswerElement = $"{typeof(TRequest).Name}Rsp";

    private (HarnessException Failure, string Told)? _broken;

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => SrvRefusal.OfTransfer;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        _broken = null;
        if (body is not TRequest request)
        {
            return NotTaken("the request is not one for a single-phase electricity meter");
        }

        if (!objects.TryBegin(body, out WritePlan? plan))
        {
            return NotTaken($"the device model has no object for SRV {body.ServiceReferenceVariant}");
        }

        Plan(request, plan);
        if (plan.Problem is { } problem)
        {
            return NotTaken(problem);
        }

        WriteRun run = objects.Start(plan);
        try
        {
            await run.ConductAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (HarnessException failure)
        {
            _broken = (failure, run.Told(failure));
            throw;
        }

        return new DeviceOutcome(DeviceOutcomeKind.Done, new BareRsp(AnswerElement) { MessageSuccess = true }, plan.Notes, null, null);
    }

    /// <inheritdoc/>
    internal override string? Told(HarnessException failure) =>
        _broken is { } broken && ReferenceEquals(broken.Failure, failure) ? broken.Told : null;

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new BareRsp(AnswerElement) { MessageSuccess = false };

    /// <summary>Says what is written, in which order.</summary>
    protected abstract void Plan(TRequest request, WritePlan plan);

    private DeviceOutcome NotTaken(string why) => new(DeviceOutcomeKind.Refused, Refused(), $"nothing was sent: {why}", null, null);
}
