namespace DeviceHarness.Codecs.Security.Cbke;

/// <summary>What a certificate of suite 2 says beside names and keys.</summary>
/// <param name="SerialNumber">The issuer's number for it.</param>
/// <param name="ValidFrom">From when it is valid, in seconds since 1970 UTC; 0 to 2^40 - 1.</param>
/// <param name="ValidFor">How long, in seconds; <see cref="ImplicitCertificate.Unlimited"/> for ever.</param>
/// <param name="KeyUsage">What the key is for, as bits: 80 signatures, 08 key agreement.</param>
public readonly record struct CertificateTerms(
    ulong SerialNumber,
    long ValidFrom,
    uint ValidFor = ImplicitCertificate.Unlimited,
    byte KeyUsage = ImplicitCertificate.SignAndAgree);
