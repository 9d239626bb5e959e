using System.Security.Cryptography;
using System.Text;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>The security setup (class 64) and the invocation counter of a meter whose clients use no ciphering.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 64: 2 policy, 3 suite, 4 client and 5 server system title; as the domain guide gives it.</remarks>
internal static class SecurityObjects
{
    private const int TitleOctets = 8;
    private const int FlagOctets = 3;

    /// <summary>All of them.</summary>
    public static IEnumerable<CosemObject> Compose(ObjectComposer composer) =>
    [
        composer.Object(
            64, 0, ObjectComposer.Name("0-0:43.0.0.255"),
            [
                new CosemAttribute(2, (ref AxdrWriter writer) => writer.WriteEnum(0)),
                new CosemAttribute(3, (ref AxdrWriter writer) => writer.WriteEnum(0)),
                new CosemAttribute(4, (ref AxdrWriter writer) => writer.WriteOctetString([])),
                new CosemAttribute(5, (ref AxdrWriter writer) => writer.WriteOctetString(ServerTitle(composer.Meter.Model))),
            ],
            [new CosemMethod(1, null), new CosemMethod(2, null)]),
        composer.Data("0-0:43.1.0.255", (ref AxdrWriter writer) => writer.WriteDoubleLongUnsigned(0), read: ClientAccess.Identity),
    ];

    // The manufacturer's flag, and what tells one of its meters from another.
    private static byte[] ServerTitle(EsmeModel model) =>
    [
        .. Encoding.ASCII.GetBytes(model.LogicalDeviceName)[..FlagOctets],
        .. SHA256.HashData(Encoding.ASCII.GetBytes(model.SerialNumber))[..(TitleOctets - FlagOctets)],
    ];
}
