using System.Security.Cryptography;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Cbke;

namespace DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

/// <summary>What one exchange knows of its peer, and its messages; erased with it.</summary>
internal sealed class EstablishmentExchange(
    EstablishmentSettings settings, IKeyAgreement agreement, EstablishmentRole role, ulong peer) : IDisposable
{
    public TimeSpan PeerEphemeralTime { get; private set; }

    public TimeSpan PeerConfirmTime { get; private set; }

    public ImplicitCertificate? PeerCertificate { get; private set; }

    private EstablishmentRole Other => role == EstablishmentRole.Initiator ? EstablishmentRole.Responder : EstablishmentRole.Initiator;

    public EstablishmentMessage Initiate() => Message(EstablishmentCommand.Initiate, new InitiatePayload(
        agreement.Certificate.Suite,
        EstablishmentSettings.Seconds(settings.OwnEphemeralTime),
        EstablishmentSettings.Seconds(settings.OwnConfirmTime),
        agreement.Certificate.Octets.ToArray()).ToOctets(role));

    public EstablishmentMessage Ephemeral() => Message(EstablishmentCommand.Ephemeral, agreement.Ephemeral());

    public EstablishmentMessage Confirm() => Message(EstablishmentCommand.Confirm, agreement.Mac(role));

    public CipherKey? LinkKey() => agreement.LinkKey();

    /// <summary>Takes the peer's certificate and times.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public TerminateStatus? TakeInitiate(in InitiatePayload payload)
    {
        EstablishmentSuites suite = agreement.Certificate.Suite;
        if (payload.Suite != suite)
        {
            return TerminateStatus.UnsupportedSuite;
        }

        if (!ImplicitCertificate.TryCreate(payload.Certificate.Span, out ImplicitCertificate? certificate, out _)
            || certificate.Suite != suite
            || certificate.Subject != peer
            || (settings.ValidAt is { } instant && !certificate.IsValidAt(instant)))
        {
            return TerminateStatus.BadMessage;
        }

        if (agreement.TakeCertificate(certificate) is { } wrong)
        {
            return wrong;
        }

        PeerCertificate = certificate;
        PeerEphemeralTime = TimeSpan.FromSeconds(payload.EphemeralSeconds);
        PeerConfirmTime = TimeSpan.FromSeconds(payload.ConfirmSeconds);
        return null;
    }

    /// <summary>Takes the peer's ephemeral key and computes the keys.</summary>
    /// <returns>False when it is no key that may be used.</returns>
    public bool TryTakeEphemeral(ReadOnlySpan<byte> octets) => agreement.TryTakeEphemeral(octets);

    public bool IsConfirmedBy(ReadOnlySpan<byte> mac) => CryptographicOperations.FixedTimeEquals(agreement.Mac(Other), mac);

    public void Dispose() => agreement.Dispose();

    private EstablishmentMessage Message(EstablishmentCommand command, byte[] payload) => new(command, role, payload);
}
