using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 2.2: enters a UTRN, and asks the device what became of it, since devices answer the entry before they look at it.</summary>
/// <remarks>Token status 3 is taken for executed; what else the profile's device gives is a refusal with that number. A device without a
/// status is taken at its answer to the entry.</remarks>
[Srv("2.2")]
internal sealed class TopUpDeviceHandler(WriteObjects objects, ReadObjects reads) : ProfiledWriteHandler<TopUpDevice>(objects)
{
    private const long Executed = 3;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        try
        {
            DeviceOutcome entered = await base.ConductAsync(body, cancellationToken).ConfigureAwait(false);
            long? status = entered.Kind == DeviceOutcomeKind.Done
                ? await ReadStatusAsync(body, cancellationToken).ConfigureAwait(false)
                : null;
            return status is null or Executed
                ? entered
                : new DeviceOutcome(
                    DeviceOutcomeKind.Refused, Refused(), $"the device took the token: {Meaning(status)}", (int)status.Value, null);
        }
        catch (DeviceRefusedException refusal)
            when (Refusals.TryGetValue(new SrvRefusal(refusal.Code, refusal.DeviceCode), out _) && Told(refusal) is not null)
        {
            string why = await WhyAsync(body, cancellationToken).ConfigureAwait(false);
            return new DeviceOutcome(DeviceOutcomeKind.Refused, Refused(), $"{refusal.Message}: {why}", refusal.DeviceCode, null);
        }
    }

    /// <inheritdoc/>
    protected override void Plan(TopUpDevice request, WritePlan plan) => plan.AtOnce("UTRN", DlmsData.VisibleString(request.Utrn));

    private async Task<string> WhyAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        try
        {
            return Meaning(await ReadStatusAsync(body, cancellationToken).ConfigureAwait(false));
        }
        catch (DeviceRefusedException refusal)
        {
            return $"the token's status cannot be read, {refusal.DeviceCodeName}";
        }
    }

    private async ValueTask<long?> ReadStatusAsync(SrvRequestBody body, CancellationToken cancellationToken) =>
        reads.TryFind(body.ServiceReferenceVariant, out ReadValues? values)
            ? await values.IntegerAsync("TokenStatus", cancellationToken).ConfigureAwait(false)
            : null;

    private static string Meaning(long? status) => status switch
    {
        null => "no token status is known",
        4 => "token status 4, its format is wrong",
        5 => "token status 5, it is not authentic",
        6 => "token status 6, it is not valid for this device now",
        7 => "token status 7, it could not be carried out",
        _ => $"token status {status}, it is not carried out",
    };
}
