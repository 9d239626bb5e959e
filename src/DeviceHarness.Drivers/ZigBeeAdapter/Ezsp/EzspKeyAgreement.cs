using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.Codecs.Security.Cbke;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>Key establishment by the curve library of the adapter, in the suite of its certificate.</summary>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.5 sums it up: generateCbkeKeys, calculateSmacs and
/// clearTemporaryDataMaybeStoreLinkKey, and their forms for suite 2; what is computed comes as a callback.</remarks>
internal sealed class EzspKeyAgreement : IZigBeeKeyAgreement
{
    // A small controller: the curve of suite 2 takes it seconds.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Func<EzspSession> _session;

    private EzspKeyAgreement(Func<EzspSession> session, ImplicitCertificate certificate)
    {
        _session = session;
        Certificate = certificate;
    }

    /// <inheritdoc/>
    public ImplicitCertificate Certificate { get; }

    private bool IsLarge => Certificate.Suite == EstablishmentSuites.Suite2;

    /// <summary>Asks an adapter for its certificate, that of suite 2 first.</summary>
    /// <returns>Null when it has none, or no curve library.</returns>
    internal static async Task<EzspKeyAgreement?> FindAsync(
        EzspSession started, Func<EzspSession> session, CancellationToken cancellationToken)
    {
        CertificateResponse283K1 large =
            await started.AskAsync(EzspCommands.GetCertificate283K1, default, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte> octets = large.Certificate;
        EzspStatusCode status = large.Status;
        if (!status.IsSuccess)
        {
            CertificateResponse small =
                await started.AskAsync(EzspCommands.GetCertificate, default, cancellationToken).ConfigureAwait(false);
            (octets, status) = (small.Certificate, small.Status);
        }

        return status.IsSuccess && ImplicitCertificate.TryCreate(octets.Span, out ImplicitCertificate? certificate, out _)
            ? new EzspKeyAgreement(session, certificate)
            : null;
    }

    /// <inheritdoc/>
    public Task<byte[]> GenerateAsync(CancellationToken cancellationToken) => IsLarge
        ? CallAsync(
            EzspCommands.GenerateCbkeKeys283K1, default(NoParameters), EzspFrameId.GenerateCbkeKeysHandler283K1,
            static (GeneratedCbkeKeys283K1 made) => (made.Status, made.EphemeralPublicKey.ToArray()), "to make an ephemeral key",
            cancellationToken)
        : CallAsync(
            EzspCommands.GenerateCbkeKeys, default(NoParameters), EzspFrameId.GenerateCbkeKeysHandler,
            static (GeneratedCbkeKeys made) => (made.Status, made.EphemeralPublicKey.ToArray()), "to make an ephemeral key",
            cancellationToken);

    /// <inheritdoc/>
    public async Task<ZigBeeKeyProofs?> CalculateAsync(
        bool isInitiator, ReadOnlyMemory<byte> certificate, ReadOnlyMemory<byte> ephemeral, CancellationToken cancellationToken)
    {
        const string What = "to compute the proofs of key establishment";
        try
        {
            return await (IsLarge
                ? CallAsync(
                    EzspCommands.CalculateSmacs283K1, new CalculateSmacsRequest283K1(isInitiator, certificate, ephemeral),
                    EzspFrameId.CalculateSmacsHandler283K1, static (CalculatedSmacs made) => (made.Status, Proofs(made)), What,
                    cancellationToken)
                : CallAsync(
                    EzspCommands.CalculateSmacs, new CalculateSmacsRequest(isInitiator, certificate, ephemeral),
                    EzspFrameId.CalculateSmacsHandler, static (CalculatedSmacs made) => (made.Status, Proofs(made)), What,
                    cancellationToken)).ConfigureAwait(false);
        }
        catch (AdapterException refused) when (refused.Fault == AdapterFault.Refused)
        {
            // It says of the partner's certificate or point that they are none; the machine above tells the partner.
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task EndAsync(bool isStored, CancellationToken cancellationToken)
    {
        EzspSession session = _session();
        EmberStatusParameter answer = await session.AskAsync(
            IsLarge ? EzspCommands.ClearTemporaryDataMaybeStoreLinkKey283K1 : EzspCommands.ClearTemporaryDataMaybeStoreLinkKey,
            new OctetParameter(isStored ? (byte)1 : (byte)0), cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, "to end a key establishment", answer.Status, "; its key table may be full");
    }

    private static ZigBeeKeyProofs Proofs(CalculatedSmacs made) => new(made.InitiatorSmac.ToArray(), made.ResponderSmac.ToArray());

    /// <summary>Sends a command that is answered by 'in progress', and waits for what comes of it.</summary>
    private async Task<TResult> CallAsync<TCommand, TTold, TResult>(
        EzspCommand<TCommand, EmberStatusParameter> command, TCommand parameters, EzspFrameId told,
        Func<TTold, (EzspStatusCode Status, TResult Result)> take, string what, CancellationToken cancellationToken)
        where TCommand : struct, IEzspMessage<TCommand>
        where TTold : struct, IEzspMessage<TTold>
    {
        EzspSession session = _session();
        (EzspStatusCode Status, TResult Result) made = default;
        using EzspCallbackWait wait = session.Waits.Begin((id, octets) =>
        {
            if (id != told || !session.TryRead(octets, out TTold message))
            {
                return false;
            }

            made = take(message);
            return true;
        });
        EmberStatusParameter begun = await session.AskAsync(command, parameters, cancellationToken).ConfigureAwait(false);
        if (begun.Status.ToEmberStatus() != EmberStatus.OperationInProgress)
        {
            EzspFaults.Require(session.Port, what, begun.Status);
        }

        await wait.CompleteAsync(what, Limit, cancellationToken).ConfigureAwait(false);
        EzspFaults.Require(session.Port, what, made.Status);
        return made.Result;
    }
}
