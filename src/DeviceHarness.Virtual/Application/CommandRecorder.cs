using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Application;

/// <summary>Puts what a client made the meter do into the command log, before the answer leaves, and what it may not do into the security
/// log.</summary>
internal sealed class CommandRecorder(string device, ICommandLog log, ICosemHost meter, ApplicationAssociation association)
{
    private static readonly ObisCode TokenGateway = ObisCode.Parse("0-0:19.40.0.255");

    /// <summary>An association was opened, refused or released.</summary>
    public void Association(string service, AssociationDiagnostic result) =>
        Append(service, string.Empty, 0, string.Empty, (int)result);

    /// <summary>Somebody could not prove who he is.</summary>
    public void NotAuthenticated() => meter.Enter(EventCode.AuthenticationFailed);

    /// <summary>A client asked for a change that its association does not allow.</summary>
    public void Unauthorised() => meter.Enter(EventCode.NoAuthority);

    /// <summary>An attribute was set, or the meter refused to.</summary>
    public void Set(ObisCode logicalName, int attribute, ReadOnlySpan<byte> data, int result) =>
        Append("SET", logicalName.ToString(), attribute, Convert.ToHexString(data), result);

    /// <summary>A method was performed, or the meter refused to. A token is kept out of the log: it is money to whoever enters it
    /// first.</summary>
    public void Action(ObisCode logicalName, int method, ReadOnlySpan<byte> parameter, int result) => Append(
        "ACTION", logicalName.ToString(), method, logicalName == TokenGateway ? string.Empty : Convert.ToHexString(parameter), result);

    private void Append(string service, string name, int member, string data, int result) =>
        log.Append(new CommandRecord(meter.Clock.TrueTime, device, association.ClientAddress, service, name, member, data, result));
}
