using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;

namespace DeviceHarness.Drivers.Gpf;

/// <summary>Hands on to a gas meter what a display sends to its mirror, at the meter's next wake, and hands the answer back.</summary>
/// <remarks>A top-up, emergency credit and an armed valve that a customer opens: what a hand at the display may do. Each is sent once. A
/// meter that is not reached, or does not answer, is told to the display as a time-out, and to the network's observers as it is.</remarks>
internal static class MirrorRelay
{
    private static readonly ClusterCommand TopUp = ClusterCatalogue.Prepayment.Command("ConsumerTopUp", ZclSide.Client);
    private static readonly ClusterCommand TopUpDone = ClusterCatalogue.Prepayment.Command("ConsumerTopUpResponse", ZclSide.Server);

    private static readonly (ushort Cluster, byte Command)[] HandedOn =
    [
        Of(TopUp),
        Of(ClusterCatalogue.Prepayment.Command("SelectAvailableEmergencyCredit", ZclSide.Client)),
        Of(ClusterCatalogue.Metering.Command("LocalChangeSupply", ZclSide.Client)),
    ];

    /// <summary>Begins to hand a command on.</summary>
    /// <returns>False for a command that nobody but the meter's supplier sends, or when too much is under way.</returns>
    internal static bool TryBegin(HanNetwork network, GasMirror mirror, HanMessage message)
    {
        if (!HandedOn.Contains((message.Cluster, message.Header.Command)))
        {
            return false;
        }

        ZclRequest request = new()
        {
            Target = mirror.Meter,
            Cluster = message.Cluster,
            Type = ZclFrameType.Cluster,
            Command = message.Header.Command,
            Payload = message.Payload,
            AnsweredBy = (message.Cluster, message.Header.Command) == Of(TopUp) ? TopUpDone.Id : null,
            WakeInterval = mirror.ReportingInterval,
        };
        return network.TryBeside(cancellationToken => ConductAsync(network, request, message, cancellationToken));
    }

    private static (ushort Cluster, byte Command) Of(ClusterCommand command) => (command.Cluster, command.Id);

    private static async Task ConductAsync(
        HanNetwork network, ZclRequest request, HanMessage message, CancellationToken cancellationToken)
    {
        try
        {
            ZclReply reply = await network.Zcl.ExchangeAsync(request, cancellationToken).ConfigureAwait(false);
            network.Answer(message, reply.IsDefaultResponse
                ? Status(message, ZclStatus.Success)
                : ZclFrame.Compose(message.Header.Answer(ZclFrameType.Cluster, reply.Message.Header.Command), reply.Content));
        }
        catch (DeviceRefusedException refused)
        {
            network.Answer(message, Status(message, (ZclStatus)refused.DeviceCode));
        }
        catch (HarnessException)
        {
            network.Answer(message, Status(message, ZclStatus.Timeout));
            throw;
        }
    }

    private static byte[] Status(HanMessage message, ZclStatus status) => ZclFrame.Compose(
        message.Header.Answer(ZclFrameType.Global, (byte)GlobalCommand.DefaultResponse),
        GlobalCommands.Default(message.Header.Command, status));
}
