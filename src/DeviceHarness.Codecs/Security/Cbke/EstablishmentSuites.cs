using DeviceHarness.Codecs.Security.Curves;

namespace DeviceHarness.Codecs.Security.Cbke;

/// <summary>The cryptographic suites of key establishment, as bits: what a device has, or the one that is meant.</summary>
/// <remarks>Spec: ZigBee Smart Energy, Key Establishment cluster, as this harness's ZigBee guide sums it up.</remarks>
[Flags]
public enum EstablishmentSuites : ushort
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Suite 1: sect163k1, AES-MMO, certificates of 48 octets.</summary>
    Suite1 = 1,

    /// <summary>Suite 2: sect283k1, AES-MMO, certificates of 74 octets.</summary>
    Suite2 = 2,
}

/// <summary>What a suite fixes.</summary>
public static class EstablishmentSuiteFacts
{
    /// <summary>The curve.</summary>
    /// <param name="suite">One suite.</param>
    /// <exception cref="ArgumentOutOfRangeException">None, or more than one.</exception>
    public static BinaryCurve Curve(this EstablishmentSuites suite) => suite switch
    {
        EstablishmentSuites.Suite1 => BinaryCurve.Sect163k1,
        EstablishmentSuites.Suite2 => BinaryCurve.Sect283k1,
        _ => throw new ArgumentOutOfRangeException(nameof(suite), suite, "exactly one suite is meant here"),
    };

    /// <summary>The length of a certificate, in octets.</summary>
    /// <param name="suite">One suite.</param>
    /// <exception cref="ArgumentOutOfRangeException">None, or more than one.</exception>
    public static int CertificateOctets(this EstablishmentSuites suite) =>
        suite.Curve() == BinaryCurve.Sect163k1 ? ImplicitCertificate.Suite1Octets : ImplicitCertificate.Suite2Octets;
}
