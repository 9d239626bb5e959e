using System.Buffers;
using System.Diagnostics;
using System.Text;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Iec62056;

namespace DeviceHarness.Drivers.Links.SignOn;

/// <summary>The client's end of a sign-on, or of a mode C read-out, as a pure machine: octets and ticks in; line settings, octets, next
/// tick out.</summary>
/// <remarks>
/// Spec: IEC 62056-21, mode E, as this harness's DLMS guide sums it up: request and identification at 300 baud 7E1, option select with
/// V = 2 and Y = 2, the device's repetition of it with the rate that it will use, then both ends switch to that rate and 8N1. Mode C: the
/// select has V = 0 and Y = 0, nothing repeats it, both ends switch when it has passed and stay at 7E1, and the data message follows.
/// Our own messages that an optical head sends back are passed over: one that echoes the request echoes the option select too. Instants
/// count from any origin. Not thread safe.
/// </remarks>
public sealed class SignOnMachine
{
    // A device needs that long between its message and ours; a lower-case last letter of its flag promises the shorter time.
    private static readonly TimeSpan ReactionTime = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FastReactionTime = TimeSpan.FromMilliseconds(20);

    // After a select that nothing confirms: past what an adapter still holds of it, and before the quickest device speaks.
    private static readonly TimeSpan SelectMargin = FastReactionTime / 2;

    // A line that is not silent by then is not waited for any longer.
    private static readonly TimeSpan LongestReadOut = TimeSpan.FromMinutes(1);

    // 64 KiB at 300 baud take 36 minutes; no read-out of a meter is a tenth of that.
    private static readonly TimeSpan LongestAwaitedReadOut = TimeSpan.FromMinutes(5);

    private const int BitsPerOctet = 10;

    // An identification with all that is accepted of it, and the echo of a request with the longest address before it.
    private const int LongestAnswerOctets = 128;

    private readonly SignOnSettings _settings;
    private readonly SignOnInbox _inbox;
    private readonly byte[] _request;
    private readonly byte[] _select = new byte[OptionSelectMessage.OctetCount];
    private OptionSelectMessage _selected;
    private TimeSpan _due;
    private TimeSpan _giveUpAt;
    private bool _isEchoing;
    private bool _isEchoOfSelectDue;

    /// <summary>Creates a machine that waits for its start.</summary>
    /// <param name="settings">Address, rates and times.</param>
    /// <exception cref="ArgumentException">The address is too long or not printable.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public SignOnMachine(SignOnSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.InitialBaud, SignOnSettings.MinimumBaud);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MaximumBaud, SignOnSettings.MinimumBaud);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Tries, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.Tries, SignOnSettings.MaximumTries);
        _settings = settings;
        _inbox = new SignOnInbox(
            settings.IsParityInSoftware, settings.IsReadOut ? SignOnInbox.ReadOutOctets : SignOnInbox.MessageOctets);
        byte[] address = Encoding.ASCII.GetBytes(settings.DeviceAddress);
        _request = new byte[address.Length + 5];
        if (RequestMessage.Encode(new RequestMessage(address), _request, out _) != OperationStatus.Done)
        {
            throw new ArgumentException($"'{settings.DeviceAddress}' is no device address of IEC 62056-21", nameof(settings));
        }
    }

    /// <summary>Where it stands.</summary>
    public SignOnState State { get; private set; }

    /// <summary>How the device called itself last; empty before.</summary>
    public string Identification { get; private set; } = string.Empty;

    /// <summary>The rate that both ends agreed on last, in baud; 0 before.</summary>
    public int AgreedBaud { get; private set; }

    /// <summary>What a read-out brought: the data sets of its message; empty before.</summary>
    public ReadOnlyMemory<byte> ReadOut { get; private set; }

    /// <summary>The try that is going on, or was the last, from 1.</summary>
    public int Attempt { get; private set; }

    /// <summary>Why it failed last.</summary>
    public SignOnFailure Failure { get; private set; }

    /// <summary>What went wrong last, in words; empty when nothing did.</summary>
    public string FailureText { get; private set; } = string.Empty;

    /// <summary>What came where it went wrong; empty when nothing did.</summary>
    public ReadOnlyMemory<byte> OffendingOctets { get; private set; }

    /// <summary>Begins. Legal in every state.</summary>
    /// <param name="now">The present instant.</param>
    public SignOnStep Start(TimeSpan now)
    {
        Attempt = 1;
        Failure = SignOnFailure.None;
        FailureText = string.Empty;
        OffendingOctets = default;
        return Request(now);
    }

    /// <summary>Takes octets from the line, in any pieces.</summary>
    /// <param name="octets">What came.</param>
    /// <param name="now">When it came.</param>
    public SignOnStep Receive(ReadOnlySpan<byte> octets, TimeSpan now)
    {
        if (State == SignOnState.Switching)
        {
            // A device that is quick, or a line without a rate: it belongs to the read-out.
            _inbox.Append(octets);
            return Wait();
        }

        if (!IsListening)
        {
            Rest(now);
            return Wait();
        }

        _inbox.Append(octets);
        TimeSpan silent = now + _settings.InterCharacterTimeout;
        _due = silent < _giveUpAt ? silent : _giveUpAt;
        SignOnStep step = State switch
        {
            SignOnState.AwaitingIdentification => TakeIdentification(now),
            SignOnState.AwaitingConfirmation => TakeConfirmation(now),
            _ => TakeReadOut(now),
        };

        // A line that babbles must not hold us for ever.
        return IsListening && now >= _giveUpAt ? Tick(now) : step;
    }

    /// <summary>The rate of a sign-on's messages.</summary>
    private LineRate Rate => new(_settings.IsRateFixed ? _settings.MaximumBaud : _settings.InitialBaud, BitsPerOctet);

    private bool IsListening =>
        State is SignOnState.AwaitingIdentification or SignOnState.AwaitingConfirmation or SignOnState.AwaitingReadOut;

    /// <summary>Does what has fallen due.</summary>
    /// <param name="now">The present instant.</param>
    public SignOnStep Tick(TimeSpan now)
    {
        if (State == SignOnState.Idle || now < _due)
        {
            return Wait();
        }

        switch (State)
        {
            case SignOnState.Reacting:
                return Select(now);
            case SignOnState.Switching:
                return Switched(now);
            case SignOnState.Settling:
                State = SignOnState.Idle;
                return new SignOnStep(null, default, SignOnEvent.SignedOn, null);
            case SignOnState.Pausing:
                Attempt++;
                return Request(now);
            case SignOnState.AwaitingIdentification:
                return _inbox.HasHeard
                    ? TryAgain(SignOnFailure.NoIdentification, "something came that is no identification", now)
                    : TryAgain(SignOnFailure.Silence, "nothing answered the request message", now);
            case SignOnState.AwaitingConfirmation:
                return TryAgain(
                    SignOnFailure.NoConfirmation, $"{Identification} identified itself and did not confirm mode E", now);
            case SignOnState.AwaitingReadOut:
                return TryAgain(SignOnFailure.NoReadOut, $"{Identification} {Missing()}", now);
            default:
                throw new UnreachableException();
        }
    }

    private string Missing() => _inbox.Rest.IsEmpty || _inbox.Rest.Span[0] != ControlCharacter.StartOfText
        ? "identified itself and sent no read-out"
        : "began a read-out and did not end it";

    private SignOnStep Select(TimeSpan now)
    {
        _isEchoOfSelectDue = _isEchoing;
        State = _settings.IsReadOut ? SignOnState.Switching : SignOnState.AwaitingConfirmation;
        SignOnStep step = Sent(_select, now);
        _due = _settings.IsReadOut ? now + Rate.TimeOf(_select.Length) + SelectMargin : _due;
        return step with { NextTick = _due };
    }

    /// <summary>The select has left: nothing confirms it.</summary>
    private SignOnStep Switched(TimeSpan now)
    {
        State = SignOnState.AwaitingReadOut;
        _ = BaudCharacter.TryGetBaud(_selected.Baud, out int baud);
        AgreedBaud = baud;
        _due = now + _settings.ResponseTimeout;
        _giveUpAt = now + LongestAwaitedReadOut;
        SignOnStep step = _inbox.HasHeard ? TakeReadOut(now) : Wait();
        return step with { Line = new LineSetting(baud, SerialFormat.SevenEven1) };
    }

    private SignOnStep TakeReadOut(TimeSpan now)
    {
        _inbox.SkipTo([ControlCharacter.StartOfText]);
        ReadOnlyMemory<byte> rest = _inbox.Rest;
        OperationStatus status = DataMessage.Decode(rest.Span, out DataMessage message, out _, out _);
        if (status == OperationStatus.NeedMoreData && !_inbox.IsFull)
        {
            return Wait();
        }

        if (status != OperationStatus.Done || message.IsPartial)
        {
            OffendingOctets = rest.ToArray();
            return TryAgain(SignOnFailure.DamagedReadOut, $"{Identification} sent a read-out with damage", now);
        }

        ReadOut = message.Data.ToArray();
        OffendingOctets = default;
        State = SignOnState.Idle;
        return new SignOnStep(null, default, SignOnEvent.SignedOn, null);
    }

    private SignOnStep Request(TimeSpan now)
    {
        State = SignOnState.AwaitingIdentification;
        _isEchoing = false;
        return Sent(_request, now) with { Line = new LineSetting(_settings.InitialBaud, SerialFormat.SevenEven1) };
    }

    private SignOnStep TakeIdentification(TimeSpan now)
    {
        while (true)
        {
            _inbox.SkipTo("/"u8);
            ReadOnlyMemory<byte> rest = _inbox.Rest;
            bool isRequest = rest.Length > 1 && rest.Span[1] == (byte)'?';
            OperationStatus status = isRequest
                ? RequestMessage.Decode(rest.Span, out _, out int consumed, out _)
                : Identify(rest, now, out consumed);
            if (status == OperationStatus.NeedMoreData || State != SignOnState.AwaitingIdentification)
            {
                return State == SignOnState.Idle ? Failed() : Wait();
            }

            // Our own request comes from an optical head; a device that begins anew behind noise is still heard.
            _isEchoing |= isRequest && status == OperationStatus.Done;
            OffendingOctets = rest.ToArray();
            _inbox.Take(Math.Max(1, consumed));
        }
    }

    private OperationStatus Identify(ReadOnlyMemory<byte> rest, TimeSpan now, out int consumed)
    {
        OperationStatus status = IdentificationMessage.Decode(
            rest.Span, out IdentificationMessage message, out consumed, out _);
        if (status == OperationStatus.Done)
        {
            Identification = Encoding.ASCII.GetString(rest.Span[1..(consumed - 2)]);
            OffendingOctets = rest[..consumed].ToArray();
            Choose(message, now);
        }

        return status;
    }

    private void Choose(in IdentificationMessage message, TimeSpan now)
    {
        if (!BaudCharacter.TryGetBaud(message.Baud, out int offered))
        {
            _ = Fail(SignOnFailure.Violation, $"{Identification} offers '{(char)message.Baud}', which is no rate of mode E");
            return;
        }

        if (_settings.IsRateFixed && offered < _settings.MaximumBaud)
        {
            _ = Fail(
                SignOnFailure.RateFixed,
                $"{Identification} offers {offered} baud at most, and the line is fixed to {_settings.MaximumBaud} baud");
            return;
        }

        byte baud = BaudCharacter.NotAbove(Math.Min(offered, _settings.MaximumBaud));
        _selected = _settings.IsReadOut ? OptionSelectMessage.ReadOut(baud) : OptionSelectMessage.ModeE(baud);
        _ = OptionSelectMessage.Encode(_selected, _select, out _);
        State = SignOnState.Reacting;
        _due = now + (message.IsFast ? FastReactionTime : ReactionTime);
    }

    private SignOnStep TakeConfirmation(TimeSpan now)
    {
        while (true)
        {
            _inbox.SkipTo([ControlCharacter.Acknowledge, ControlCharacter.StartOfText]);
            ReadOnlyMemory<byte> rest = _inbox.Rest;
            OffendingOctets = rest.ToArray();
            if (!rest.IsEmpty && rest.Span[0] == ControlCharacter.StartOfText)
            {
                // Also what a device sends that got the select too late: so once more, when it has ended.
                return TryAgain(SignOnFailure.ReadOut, $"{Identification} answered the select of mode E with a data read-out", now);
            }

            OperationStatus status = OptionSelectMessage.Decode(
                rest.Span, out OptionSelectMessage message, out int consumed, out _);
            if (status == OperationStatus.NeedMoreData)
            {
                return Wait();
            }

            _inbox.Take(Math.Max(1, consumed));
            if (status == OperationStatus.Done && !(_isEchoOfSelectDue && message == _selected))
            {
                return Switch(message, now);
            }

            _isEchoOfSelectDue &= status != OperationStatus.Done;
        }
    }

    private SignOnStep Switch(OptionSelectMessage confirmed, TimeSpan now)
    {
        _ = BaudCharacter.TryGetBaud(_selected.Baud, out int asked);
        if (!confirmed.IsModeE || !BaudCharacter.TryGetBaud(confirmed.Baud, out int baud) || baud > asked)
        {
            return Fail(
                SignOnFailure.Violation,
                $"{Identification} was asked for mode E at {asked} baud and confirmed V {(char)confirmed.ProtocolControl}, "
                + $"Z {(char)confirmed.Baud}, Y {(char)confirmed.ModeControl}");
        }

        if (_settings.IsRateFixed && baud != asked)
        {
            return Fail(
                SignOnFailure.RateFixed, $"{Identification} will speak at {baud} baud, and the line is fixed to {asked} baud");
        }

        OffendingOctets = default;
        AgreedBaud = baud;
        State = SignOnState.Settling;
        _due = now + _settings.SwitchPause;
        return Wait() with { Line = new LineSetting(baud, SerialFormat.EightNone1) };
    }

    private SignOnStep Sent(byte[] message, TimeSpan now)
    {
        _inbox.Clear();
        byte[] octets = [.. message];
        if (_settings.IsParityInSoftware)
        {
            EvenParity.Add(octets);
        }

        _due = now + _settings.ResponseTimeout + Rate.TimeOf(octets.Length);
        _giveUpAt = _due + _settings.InterCharacterTimeout + Rate.TimeOf(LongestAnswerOctets);
        return new SignOnStep(null, octets, SignOnEvent.None, _due);
    }

    private SignOnStep Wait() => new(null, default, SignOnEvent.None, State == SignOnState.Idle ? null : _due);

    /// <summary>A device that still speaks, as in a read-out, does not listen: the silence before the next try begins anew.</summary>
    private void Rest(TimeSpan now)
    {
        if (State == SignOnState.Pausing)
        {
            TimeSpan silent = now + _settings.RetryBreak;
            _due = silent < _giveUpAt ? silent : _giveUpAt;
        }
    }

    private SignOnStep TryAgain(SignOnFailure failure, string text, TimeSpan now)
    {
        if (Attempt >= _settings.Tries)
        {
            return Fail(failure, $"{text}, {Attempt} times");
        }

        State = SignOnState.Pausing;
        _due = now + _settings.RetryBreak;
        _giveUpAt = now + LongestReadOut;
        return Wait();
    }

    private SignOnStep Fail(SignOnFailure failure, string text)
    {
        State = SignOnState.Idle;
        Failure = failure;
        FailureText = text;
        return Failed();
    }

    private static SignOnStep Failed() => new(null, default, SignOnEvent.Failed, null);
}
