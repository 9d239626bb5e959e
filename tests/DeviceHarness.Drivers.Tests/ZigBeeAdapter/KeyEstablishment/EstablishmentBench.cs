using System.Numerics;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.Security.Curves;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.TestKit;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.KeyEstablishment;

/// <summary>Two sides with certificates of one test authority, and the wire between them.</summary>
internal sealed class EstablishmentBench
{
    public const ulong Meter = 0x70B3D52B60112233;
    public const ulong Hub = 0x00124B0001020304;
    public const int Seed = 20_261_123;

    public EstablishmentBench(EstablishmentSuites suite = EstablishmentSuites.Suite1, CertificateTerms? meterTerms = null)
    {
        CertificateTerms terms = new(1, 1_764_000_000);
        Authority = CertificateAuthority.Create(suite, 0x5445535453454341, Octets(Seed));
        MeterSettings = Settings(Authority.Issue(Meter, meterTerms ?? terms, Octets(Seed + 1)), Seed + 3);
        HubSettings = Settings(Authority.Issue(Hub, terms, Octets(Seed + 2)), Seed + 4);
    }

    public CertificateAuthority Authority { get; }

    public EstablishmentSettings MeterSettings { get; set; }

    public EstablishmentSettings HubSettings { get; set; }

    public TimeSpan Now { get; set; } = TimeSpan.FromHours(1);

    public EstablishmentMachine Initiator() => new(MeterSettings, EstablishmentRole.Initiator, Hub);

    public EstablishmentMachine Responder() => new(HubSettings, EstablishmentRole.Responder, Meter);

    /// <summary>Carries messages to and fro until nobody sends; the change sees each first.</summary>
    public void Run(
        EstablishmentMachine initiator, EstablishmentMachine responder, Func<EstablishmentMessage, EstablishmentMessage>? change = null)
    {
        EstablishmentMessage? message = initiator.Start(Now).Transmit;
        while (message is { } sent)
        {
            EstablishmentMessage carried = change?.Invoke(sent) ?? sent;
            EstablishmentMachine receiver = sent.Sender == EstablishmentRole.Initiator ? responder : initiator;
            message = receiver.Receive(carried, Now).Transmit;
        }
    }

    public static EstablishmentMessage Flip(EstablishmentMessage message, int offset)
    {
        byte[] octets = message.Payload.ToArray();
        octets[offset] ^= 1;
        return message with { Payload = octets };
    }

    public static RandomOctets Octets(int seed)
    {
        Random random = new(seed);
        return random.NextBytes;
    }

    /// <summary>A side that has the identity and the ephemeral key of a published exchange.</summary>
    public static EstablishmentSettings Published(TestVector vector, string side, TrustedAuthority authority)
    {
        ImplicitCertificate.TryCreate(Field(vector, $"{side}_certificate"), out ImplicitCertificate? certificate, out _);
        CurvePrivateKey.TryCreate(authority.Suite.Curve(), Field(vector, $"{side}_private"), out CurvePrivateKey? key);
        if (!CbkeIdentity.TryCreate(certificate!, key!, authority, out CbkeIdentity? identity))
        {
            throw new InvalidOperationException($"the {side} of {vector.Name} is not of {authority}");
        }

        // Of the published ephemeral keys of suite 2 one is above the order.
        BigInteger order = authority.Suite == EstablishmentSuites.Suite1
            ? BigInteger.Parse("004000000000000000000020108A2E0CC0D99F8A5EF", System.Globalization.NumberStyles.HexNumber, null)
            : BigInteger.Parse(
                "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFE9AE2ED07577265DFF7F94451E061E163C61",
                System.Globalization.NumberStyles.HexNumber,
                null);
        BigInteger ephemeral = new BigInteger(Field(vector, $"{side}_ephemeral_private"), isUnsigned: true, isBigEndian: true) % order;
        return new EstablishmentSettings
        {
            Identities = [identity],
            Authorities = [authority],
            Random = target =>
            {
                target.Clear();
                byte[] octets = ephemeral.ToByteArray(isUnsigned: true, isBigEndian: true);
                octets.CopyTo(target[(target.Length - octets.Length)..]);
            },
        };
    }

    public static byte[] Field(TestVector vector, string name) => vector.Fields.GetProperty(name).GetString()!.Octets();

    private EstablishmentSettings Settings(CbkeIdentity identity, int seed) => new()
    {
        Identities = [identity],
        Authorities = [Authority.Trust],
        Random = Octets(seed),
    };
}
