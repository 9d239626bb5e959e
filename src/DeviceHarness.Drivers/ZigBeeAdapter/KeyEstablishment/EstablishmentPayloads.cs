using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

/// <summary>Reads and makes messages by the layouts of the cluster library.</summary>
internal static class EstablishmentPayloads
{
    public static MessageContent Create(EstablishmentRole sender, EstablishmentCommand command) => Definition(sender, command)!.Create();

    public static bool TryRead(
        EstablishmentRole sender,
        EstablishmentCommand command,
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out MessageContent? content)
    {
        content = null;
        return Definition(sender, command) is { } definition
            && definition.Layout.Read(octets, out content, out _) == OperationStatus.Done;
    }

    private static ClusterCommand? Definition(EstablishmentRole sender, EstablishmentCommand command) =>
        ClusterCatalogue.KeyEstablishment.Command(
            sender == EstablishmentRole.Initiator ? ZclSide.Client : ZclSide.Server, (byte)command);
}

/// <summary>The payload of Initiate, request and response.</summary>
/// <param name="Suite">The suite that is asked for, or taken.</param>
/// <param name="EphemeralSeconds">How long the sender needs to make its ephemeral key, in seconds.</param>
/// <param name="ConfirmSeconds">How long the sender needs to make its MAC, in seconds.</param>
/// <param name="Certificate">The sender's certificate, as it is sent; empty with a suite that is not known here.</param>
internal readonly record struct InitiatePayload(
    EstablishmentSuites Suite, byte EphemeralSeconds, byte ConfirmSeconds, ReadOnlyMemory<byte> Certificate)
{
    private const string SuiteField = "suite";
    private const string EphemeralField = "ephemeral_generate_time";
    private const string ConfirmField = "confirm_generate_time";
    private const string CertificateField = "identity_certificate";

    public static bool TryRead(EstablishmentRole sender, ReadOnlySpan<byte> octets, out InitiatePayload payload)
    {
        payload = default;
        if (!EstablishmentPayloads.TryRead(sender, EstablishmentCommand.Initiate, octets, out MessageContent? content))
        {
            return false;
        }

        bool isKnown = content.Has(CertificateField);
        payload = new(
            (EstablishmentSuites)content.Number(SuiteField),
            (byte)content.Number(EphemeralField),
            (byte)content.Number(ConfirmField),
            isKnown ? content.Octets(CertificateField) : default);

        // What is behind the certificate of a suite that is not known is its certificate.
        return !isKnown || content.Trailing.IsEmpty;
    }

    public byte[] ToOctets(EstablishmentRole sender) => EstablishmentPayloads.Create(sender, EstablishmentCommand.Initiate)
        .Set(SuiteField, (ushort)Suite)
        .Set(EphemeralField, EphemeralSeconds)
        .Set(ConfirmField, ConfirmSeconds)
        .Set(CertificateField, Certificate.Span)
        .ToOctets();
}

/// <summary>The payload of Terminate.</summary>
/// <param name="Status">Why.</param>
/// <param name="WaitSeconds">When to try again, in seconds.</param>
/// <param name="Suites">The suites that the sender has.</param>
internal readonly record struct TerminatePayload(TerminateStatus Status, byte WaitSeconds, EstablishmentSuites Suites)
{
    private const string StatusField = "status";
    private const string WaitField = "wait_time_s";
    private const string SuitesField = "suite";

    public static bool TryRead(EstablishmentRole sender, ReadOnlySpan<byte> octets, out TerminatePayload payload)
    {
        bool isRead = EstablishmentPayloads.TryRead(sender, EstablishmentCommand.Terminate, octets, out MessageContent? content)
            && content.Trailing.IsEmpty;
        payload = isRead
            ? new(
                (TerminateStatus)content!.Number(StatusField),
                (byte)content.Number(WaitField),
                (EstablishmentSuites)content.Number(SuitesField))
            : default;
        return isRead;
    }

    public byte[] ToOctets(EstablishmentRole sender) => EstablishmentPayloads.Create(sender, EstablishmentCommand.Terminate)
        .Set(StatusField, (byte)Status)
        .Set(WaitField, WaitSeconds)
        .Set(SuitesField, (ushort)Suites)
        .ToOctets();
}
