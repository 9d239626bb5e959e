using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Drivers.Links.Hdlc;

namespace DeviceHarness.Drivers.Links.SignOn;

/// <summary>An HDLC link on a line where the device must first be signed on to by IEC 62056-21, mode E.</summary>
/// <remarks>
/// Bringing it up signs on at 300 baud, changes the line to the agreed rate and connects. A device may be in HDLC already, because it
/// stays there after DISC or the link was lost in mid-dialogue: where that is likely HDLC is tried first, otherwise after a sign-on that
/// nothing answered. One order at a time. The one who handed in the transport disposes of it.
/// </remarks>
public sealed class SignOnLink : IDeviceLink
{
    private const string NothingAnsweredSnrm = "HDLC-010";
    private const int BitsPerOctet = 10;

    private readonly IByteTransport _transport;
    private readonly SignOnSettings _settings;
    private readonly HdlcLinkPump _hdlc;
    private bool _mayBeInHdlc;

    /// <summary>Creates a link that is down.</summary>
    /// <param name="transport">The open line.</param>
    /// <param name="settings">How to sign on.</param>
    /// <param name="hdlc">The HDLC link on the same line; it must be down.</param>
    public SignOnLink(IByteTransport transport, SignOnSettings settings, HdlcLinkPump hdlc)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(hdlc);
        _transport = transport;
        _settings = settings;
        _hdlc = hdlc;
        Machine = new SignOnMachine(settings);
    }

    /// <summary>The machine: what the device called itself, and which rate was agreed.</summary>
    public SignOnMachine Machine { get; }

    /// <summary>How many sign-ons succeeded.</summary>
    public long SignOnCount { get; private set; }

    /// <inheritdoc/>
    public bool IsUp => _hdlc.IsUp;

    /// <inheritdoc/>
    public ExchangeClock Clock => _hdlc.Clock;

    /// <inheritdoc/>
    public long AnswerCount => _hdlc.AnswerCount;

    /// <inheritdoc/>
    public string Port => _transport.Name;

    /// <inheritdoc/>
    public LineRate Rate => _transport.Rate;

    /// <inheritdoc/>
    public TimeSpan Now => _hdlc.Now;

    /// <inheritdoc/>
    public bool MakesConnection => _hdlc.MakesConnection;

    /// <inheritdoc/>
    public NotificationInbox Notifications => _hdlc.Notifications;

    /// <inheritdoc/>
    public ValueTask ListenAsync(TimeSpan wait, CancellationToken cancellationToken) => _hdlc.ListenAsync(wait, cancellationToken);

    /// <summary>Signs on if the device needs it, and brings up the link.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LinkTimeoutException">SIGN-010: nothing identified itself, nor answered in HDLC; SIGN-011: the device did not
    /// confirm mode E; SIGN-015: it confirmed, and nothing answered SNRM at the agreed rate.</exception>
    /// <exception cref="RemoteProtocolException">SIGN-012: the device answered with a read-out; SIGN-013: it breaks the protocol; SIGN-014:
    /// it will not speak at the rate that the line is fixed to; or as <see cref="HdlcLinkPump.ConnectAsync"/>.</exception>
    /// <exception cref="LocalProtocolException">SIGN-001: the line cannot change its rate.</exception>
    /// <exception cref="DeviceRefusedException">HDLC-012: the device will not connect.</exception>
    /// <exception cref="TransportException">The port is gone, or cannot be set so.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        bool hasTriedHdlc = _mayBeInHdlc;
        if (hasTriedHdlc && await TryHdlcAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await SignOnAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LinkTimeoutException) when (!hasTriedHdlc && Machine.Failure is SignOnFailure.Silence or SignOnFailure.NoIdentification)
        {
            // A device that another session left in HDLC does not hear a request, or answers it with frames.
            if (await TryHdlcAsync(cancellationToken).ConfigureAwait(false))
            {
                _mayBeInHdlc = true;
                return;
            }

            throw;
        }

        _mayBeInHdlc = true;
        await ConnectAsAgreedAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> apdu, CancellationToken cancellationToken) =>
        _hdlc.ExchangeAsync(apdu, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> apdu, CancellationToken cancellationToken) =>
        _hdlc.SendAsync(apdu, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken) => _hdlc.ReceiveAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        await _hdlc.DisconnectAsync(cancellationToken).ConfigureAwait(false);
        _mayBeInHdlc = _settings.StaysInHdlc;
    }

    /// <inheritdoc/>
    public void Abandon() => _hdlc.Abandon();

    private async Task ConnectAsAgreedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _hdlc.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (LinkTimeoutException silence) when (silence.Code == NothingAnsweredSnrm)
        {
            string text = $"{Port}: {Machine.Identification} confirmed {Machine.AgreedBaud} baud, and nothing answered SNRM there";
            throw new LinkTimeoutException("SIGN-015", text, silence.WaitedFor, silence.Waited, silence.Attempts);
        }
    }

    /// <summary>Connects at the rate that was agreed last, or that would be; false when nothing answers.</summary>
    private async Task<bool> TryHdlcAsync(CancellationToken cancellationToken)
    {
        int baud = Machine.AgreedBaud == 0 ? _settings.MaximumBaud : Machine.AgreedBaud;
        SetLine(new LineSetting(baud, SerialFormat.EightNone1));
        try
        {
            await _hdlc.ConnectAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (LinkTimeoutException)
        {
            _mayBeInHdlc = false;
            return false;
        }
    }

    private async Task SignOnAsync(CancellationToken cancellationToken)
    {
        await new SignOnPump(_transport, Machine, () => Now, SetLine).RunAsync(cancellationToken).ConfigureAwait(false);
        SignOnCount++;
    }

    /// <summary>Sets the line, or leaves it where it is fixed; the link above counts with its rate from then on.</summary>
    private void SetLine(LineSetting line)
    {
        if (!_settings.IsRateFixed && !_transport.TryChangeLine(line))
        {
            throw new LocalProtocolException(
                "SIGN-001", $"{Port}: the line cannot change to {line}; say that its rate is fixed, and to which", "open", "sign-on");
        }

        _hdlc.Link.ChangeRate(_settings.IsRateFixed ? new LineRate(_settings.MaximumBaud, BitsPerOctet) : _transport.Rate);
    }
}
