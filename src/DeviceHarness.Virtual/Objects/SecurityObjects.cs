using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Virtual.Application;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Security;

namespace DeviceHarness.Virtual.Objects;

/// <summary>The security setup (class 64), and for each client that has one the lowest invocation counter that is taken from it.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 64: 2 policy, 3 suite, 4 client and 5 server system title; method 2 global_key_transfer, on a meter
/// with a master key; as the domain guide gives it. That the counters stand at 0-0:43.1.e.255 in the order of the clients is an
/// assumption.</remarks>
internal static class SecurityObjects
{
    /// <summary>The logical name of the security setup.</summary>
    public static ObisCode Setup { get; } = ObjectComposer.Name("0-0:43.0.0.255");

    /// <summary>All of them.</summary>
    public static IEnumerable<CosemObject> Compose(ObjectComposer composer, ApplicationAssociation current)
    {
        EsmeState meter = composer.Meter;
        SecurityOptions options = meter.Model.Security;
        yield return composer.Object(
            64, 0, Setup,
            [
                new CosemAttribute(2, (ref AxdrWriter writer) => writer.WriteEnum(options.Policy.Octet)),
                new CosemAttribute(3, (ref AxdrWriter writer) => writer.WriteEnum((byte)options.Suite)),
                new CosemAttribute(4, (ref AxdrWriter writer) => writer.WriteOctetString(ClientTitle(meter, current))),
                new CosemAttribute(5, (ref AxdrWriter writer) => writer.WriteOctetString(meter.Security.Title.ToOctets())),
            ],
            [new CosemMethod(1, null), new CosemMethod(2, options.TestMasterKey is null ? null : TransferTo(meter))]);

        MeterClient[] clients = [.. meter.Model.Clients.Where(client => client.NeedsKeys)];
        if (clients.Length == 0)
        {
            yield return composer.Data(
                Counter(0), (ref AxdrWriter writer) => writer.WriteDoubleLongUnsigned(0), read: ClientAccess.Identity);
        }

        for (int index = 0; index < clients.Length; index++)
        {
            MeterClient client = clients[index];
            yield return composer.Data(
                Counter(index),
                (ref AxdrWriter writer) => writer.WriteDoubleLongUnsigned(meter.Security.Of(client).ExpectedCounter),
                read: ClientAccess.Identity);
        }
    }

    private static MethodBody TransferTo(EsmeState meter) => parameters =>
    {
        ActionResult result = meter.Security.TakeKeys(
            parameters, meter.Clock.TrueTime, meter.Has(EsmeDefects.RotationLies));
        if (result == ActionResult.Success)
        {
            meter.Enter(EventCode.CredentialsUpdated);
        }

        return result;
    };

    private static string Counter(int index) => $"0-0:43.1.{index}.255";

    private static byte[] ClientTitle(EsmeState meter, ApplicationAssociation current) =>
        current.Client is MeterClient client && meter.Security.Of(client).Context?.PeerTitle is SystemTitle title ? title.ToOctets() : [];
}
