using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Cbke;

namespace DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

/// <summary>Key establishment by the adapter's own curve library: its answers are fetched before the machine needs them, which stays
/// pure.</summary>
/// <remarks>The adapter has room for one exchange: that of the peer that began last. Who issued the peer's certificate is the adapter's own
/// business; what it does not take is answered as a bad message. The link key stays in the adapter. Its calls come one at a time.</remarks>
public sealed class AdapterKeyAgreement
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private IZigBeeKeyAgreement? _adapter;
    private ulong? _peer;
    private byte[]? _ephemeral;
    private ReadOnlyMemory<byte> _certificate;
    private ZigBeeKeyProofs? _proofs;

    /// <summary>The suite of the adapter's certificate; none before it was started.</summary>
    public EstablishmentSuites Suite => _adapter?.Certificate.Suite ?? EstablishmentSuites.None;

    /// <summary>Takes the started adapter.</summary>
    /// <param name="adapter">What it computes.</param>
    public void Bind(IZigBeeKeyAgreement adapter) => _adapter = adapter;

    /// <summary>Fetches what an exchange begins with.</summary>
    /// <param name="peer">The peer's EUI-64 as a number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">The adapter refuses, or is lost.</exception>
    internal Task BeginAsync(ulong peer, CancellationToken cancellationToken) =>
        InTurnAsync(() => OpenAsync(peer, cancellationToken));

    /// <summary>Fetches what the machine needs for a message that came.</summary>
    /// <param name="peer">Whose message it is.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">The adapter refuses, or is lost.</exception>
    internal Task PrepareAsync(ulong peer, EstablishmentMessage message, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            bool isRequest = message is { Command: EstablishmentCommand.Initiate, Sender: EstablishmentRole.Initiator };
            if (isRequest && (_peer is null || _peer == peer))
            {
                await OpenAsync(peer, cancellationToken).ConfigureAwait(false);
            }

            if (_peer != peer)
            {
                return;
            }

            if (message.Command == EstablishmentCommand.Initiate)
            {
                _certificate = InitiatePayload.TryRead(message.Sender, message.Payload.Span, out InitiatePayload payload)
                    ? payload.Certificate : default;
            }
            else if (message.Command == EstablishmentCommand.Ephemeral && _adapter is { } adapter
                && _certificate.Length == adapter.Certificate.Octets.Length && message.Payload.Length == _ephemeral?.Length)
            {
                _proofs = await adapter.CalculateAsync(
                    message.Sender == EstablishmentRole.Responder, _certificate, message.Payload, cancellationToken).ConfigureAwait(false);
            }
        });

    /// <summary>Ends the exchange with a peer.</summary>
    /// <param name="peer">The peer; another's exchange goes on.</param>
    /// <param name="isStored">Whether the link key is put to use.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">The adapter refuses, or is lost.</exception>
    internal Task EndAsync(ulong peer, bool isStored, CancellationToken cancellationToken) => InTurnAsync(
        () => _peer == peer ? CloseAsync(isStored, cancellationToken) : Task.CompletedTask);

    /// <summary>What the machine works with; null while there is no certificate of these suites.</summary>
    internal IKeyAgreement? Agreement(EstablishmentSuites suites) =>
        _adapter is { } adapter && (adapter.Certificate.Suite & suites) != 0 ? new Fetched(this, adapter.Certificate) : null;

    private async Task OpenAsync(ulong peer, CancellationToken cancellationToken)
    {
        if (_peer is not null)
        {
            await CloseAsync(isStored: false, cancellationToken).ConfigureAwait(false);
        }

        _ephemeral = await _adapter!.GenerateAsync(cancellationToken).ConfigureAwait(false);
        _peer = peer;
    }

    private Task CloseAsync(bool isStored, CancellationToken cancellationToken)
    {
        (_peer, _ephemeral, _certificate, _proofs) = (null, null, default, null);
        return _adapter!.EndAsync(isStored, cancellationToken);
    }

    private Task InTurnAsync(Func<Task> act)
    {
        lock (_gate)
        {
            return _last = AfterAsync(_last, act);
        }
    }

    private static async Task AfterAsync(Task before, Func<Task> act)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        await act().ConfigureAwait(false);
    }

    /// <summary>What was fetched, as the machine asks for it.</summary>
    private sealed class Fetched(AdapterKeyAgreement owner, ImplicitCertificate certificate) : IKeyAgreement
    {
        public ImplicitCertificate Certificate => certificate;

        public byte[] Ephemeral() => owner._ephemeral ?? [];

        public TerminateStatus? TakeCertificate(ImplicitCertificate peer) => peer.MayAgreeKeys ? null : TerminateStatus.InvalidKeyUsage;

        public bool TryTakeEphemeral(ReadOnlySpan<byte> octets) => owner._proofs is not null;

        public byte[] Mac(EstablishmentRole of) =>
            (of == EstablishmentRole.Initiator ? owner._proofs!.OfInitiator : owner._proofs!.OfResponder).ToArray();

        public CipherKey? LinkKey() => null;

        public void Dispose()
        {
            // The adapter is told by who carries the messages: that takes time.
        }
    }
}
