using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>A request that is one command to the meter.</summary>
internal abstract class GasCommandHandler(GasMeter meter, string answerElement) : SrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => GasRefusal.OfCommand;

    /// <summary>The meter.</summary>
    protected GasMeter Meter => meter;

    /// <summary>The number of an event: seconds since 2000, so that a later command has a higher one.</summary>
    protected uint EventId => ZclTime.FromMoment(meter.Now);

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new BareRsp(answerElement) { MessageSuccess = false };

    /// <summary>The meter did it.</summary>
    protected DeviceOutcome Done(string detail = "") => new(DeviceOutcomeKind.Done, Success(), detail, null, null);

    /// <summary>The answer of a meter that did it.</summary>
    protected virtual SrvResponseBody Success() => new BareRsp(answerElement) { MessageSuccess = true };

    /// <summary>Nothing was sent, since the meter could not take it.</summary>
    protected DeviceOutcome NotTaken(string why) =>
        new(DeviceOutcomeKind.Refused, Refused(), $"nothing was sent: {why}", null, null);

    /// <summary>The meter took the command, and says that it did not do it.</summary>
    protected DeviceOutcome NotDone(string why, int code) => new(DeviceOutcomeKind.Refused, Refused(), why, code, null);

    /// <summary>Sends a command that the meter answers by default.</summary>
    protected async Task<DeviceOutcome> SendAsync(ClusterCommand command, MessageContent content, CancellationToken cancellationToken)
    {
        await meter.OrderAsync(command, content, cancellationToken).ConfigureAwait(false);
        return Done();
    }

    /// <summary>Sends a command that a command of the meter answers.</summary>
    protected async Task<MessageContent> AskAsync(
        ClusterCommand command, MessageContent content, ClusterCommand answeredBy, CancellationToken cancellationToken)
    {
        ZclReply reply = await meter.CommandAsync(command, content, answeredBy, cancellationToken).ConfigureAwait(false);
        return reply.Content;
    }
}
