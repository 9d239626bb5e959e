using System.Text;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Virtual.Links.Optical;

/// <summary>The device's end of an optical port: a sign-on by IEC 62056-21, then HDLC at the agreed rate, then back.</summary>
/// <remarks>
/// Spec: IEC 62056-21, modes C and E, as the domain guide gives it. V = 2 with Y = 2 leads into HDLC, V = 0 with Y = 0 into a read-out at
/// the rate asked for; every other select, and none at all, into a read-out at the rate of the sign-on. A rate above the offer is brought
/// down to it, and the confirmation says so. It goes back to the sign-on after DISC, or after so long without HDLC as its link allows.
/// </remarks>
public sealed class OpticalPortLink : IServerLink
{
    /// <summary>The most characters of one line that it keeps; of a longer one only the end is looked at.</summary>
    public const int MaximumLineOctets = 64;

    private const int BitsPerOctet = 10;
    private static readonly TimeSpan CharacterGap = TimeSpan.FromMilliseconds(1500);

    private readonly OpticalPortOptions _options;
    private readonly HdlcServerLink _hdlc;
    private readonly TimeSpan _inactivityTimeout;
    private readonly Func<string> _readOut;
    private readonly StringBuilder _line = new();
    private byte[] _pending = [];
    private OpticalPortPhase _phaseAfter;
    private LineSetting _lineAfter;
    private TimeSpan _due;
    private TimeSpan _lastOctet;

    /// <summary>Creates a port that waits for a request message.</summary>
    /// <param name="options">How it signs a client on.</param>
    /// <param name="hdlc">What it leads to.</param>
    /// <param name="inactivityTimeout">How long it waits in HDLC for a link; zero: for ever.</param>
    /// <param name="readOut">Makes the lines of a data read-out, each with CR and LF.</param>
    public OpticalPortLink(OpticalPortOptions options, HdlcServerLink hdlc, TimeSpan inactivityTimeout, Func<string> readOut)
    {
        _options = options;
        _hdlc = hdlc;
        _inactivityTimeout = inactivityTimeout;
        _readOut = readOut;
        Line = SignOnLine;
    }

    /// <summary>Where it stands.</summary>
    public OpticalPortPhase Phase { get; private set; }

    /// <inheritdoc/>
    public LineSetting? Line { get; private set; }

    /// <inheritdoc/>
    public ServerLinkCounters Counters => _hdlc.Counters;

    /// <summary>Never: after noise the port finds the next message.</summary>
    public bool IsLost => false;

    /// <inheritdoc/>
    public TimeSpan? NextTick
    {
        get
        {
            if (Phase != OpticalPortPhase.Hdlc)
            {
                return Phase == OpticalPortPhase.Listening ? null : _due;
            }

            TimeSpan? idle = IdleEnd;
            return _hdlc.NextTick is TimeSpan tick && (idle is null || tick < idle) ? tick : idle;
        }
    }

    private LineSetting SignOnLine => new(_options.InitialBaud, SerialFormat.SevenEven1);

    private TimeSpan? IdleEnd => _hdlc.State == HdlcServerState.Disconnected && _inactivityTimeout > TimeSpan.Zero
        ? _lastOctet + _inactivityTimeout
        : null;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Receive(ReadOnlySpan<byte> octets, TimeSpan now)
    {
        if (Phase == OpticalPortPhase.Hdlc && IdleEnd <= now)
        {
            Listen();
        }

        if (Phase == OpticalPortPhase.Hdlc)
        {
            _lastOctet = now;
            bool wasConnected = _hdlc.State != HdlcServerState.Disconnected;
            ReadOnlyMemory<byte> answer = _hdlc.Receive(octets, now);
            LeaveAfterDisc(wasConnected);
            return answer;
        }

        ReadOnlyMemory<byte> output = Tick(now);
        if (!output.IsEmpty)
        {
            // What comes while it speaks itself is not heard.
            return output;
        }

        if (now - _lastOctet > CharacterGap)
        {
            _line.Clear();
        }

        _lastOctet = now;
        foreach (byte octet in octets)
        {
            Take((char)(octet & 0x7F), now);
        }

        return output;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Tick(TimeSpan now)
    {
        switch (Phase)
        {
            case OpticalPortPhase.Hdlc:
                bool wasConnected = _hdlc.State != HdlcServerState.Disconnected;
                ReadOnlyMemory<byte> output = _hdlc.Tick(now);
                LeaveAfterDisc(wasConnected);
                if (Phase == OpticalPortPhase.Hdlc && IdleEnd <= now)
                {
                    Listen();
                }

                return output;
            case OpticalPortPhase.Answering when now >= _due:
                return Answer(now);
            case OpticalPortPhase.AwaitingSelect when now >= _due:
                Prepare(ReadOutOctets(), OpticalPortPhase.Listening, SignOnLine, now);
                return Answer(now);
            default:
                return default;
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _hdlc.Reset();
        Listen();
    }

    private void Take(char character, TimeSpan now)
    {
        if (Phase is not (OpticalPortPhase.Listening or OpticalPortPhase.AwaitingSelect))
        {
            return;
        }

        if (_line.Length == MaximumLineOctets)
        {
            _line.Remove(0, 1);
        }

        _line.Append(character);
        if (character != '\n')
        {
            return;
        }

        string line = _line.ToString();
        _line.Clear();
        if (OpticalPortMessages.IsRequest(line, _options.DeviceAddress))
        {
            if (!Has(OpticalPortFaults.Silent))
            {
                Prepare(OpticalPortMessages.Identification(_options), OpticalPortPhase.AwaitingSelect, SignOnLine, now);
            }
        }
        else if (Phase == OpticalPortPhase.AwaitingSelect
            && OpticalPortMessages.TryReadSelect(line, out (char Protocol, char Rate, char Mode) select))
        {
            Choose(select.Protocol, select.Rate, select.Mode, now);
        }
    }

    private void Choose(char protocol, char rate, char mode, TimeSpan now)
    {
        int asked = OpticalPortMessages.BaudOf(rate);
        bool isModeE = protocol == '2' && mode == '2' && asked > 0 && !Has(OpticalPortFaults.IgnoresModeE);
        if (Has(OpticalPortFaults.NoConfirmation))
        {
            Listen();
        }
        else if (isModeE)
        {
            Confirm(Math.Min(asked, _options.OfferedBaud), now);
        }
        else if (protocol == '0' && mode == '0' && asked > 0 && asked <= _options.OfferedBaud)
        {
            // Mode C: nothing confirms, both ends switch at once and keep their seven bits.
            Line = new LineSetting(asked, SerialFormat.SevenEven1);
            Prepare(ReadOutOctets(), OpticalPortPhase.Listening, SignOnLine, now);
        }
        else
        {
            Prepare(ReadOutOctets(), OpticalPortPhase.Listening, SignOnLine, now);
        }
    }

    private void Confirm(int baud, TimeSpan now)
    {
        char rate = OpticalPortMessages.CharacterOf(baud)!.Value;
        if (Has(OpticalPortFaults.UnknownRate))
        {
            Prepare(OpticalPortMessages.Confirmation('X'), OpticalPortPhase.Listening, SignOnLine, now);
        }
        else if (Has(OpticalPortFaults.StaysSlow))
        {
            Prepare(OpticalPortMessages.Confirmation(rate), OpticalPortPhase.Listening, SignOnLine, now);
        }
        else
        {
            rate = Has(OpticalPortFaults.FasterThanAsked) ? (char)(rate + 1) : rate;
            LineSetting agreed = new(OpticalPortMessages.BaudOf(rate), SerialFormat.EightNone1);
            Prepare(OpticalPortMessages.Confirmation(rate), OpticalPortPhase.Hdlc, agreed, now);
        }
    }

    private void Prepare(byte[] octets, OpticalPortPhase phaseAfter, LineSetting lineAfter, TimeSpan now)
    {
        Phase = OpticalPortPhase.Answering;
        _pending = octets;
        _phaseAfter = phaseAfter;
        _lineAfter = lineAfter;
        _due = now + _options.ReactionTime;
    }

    private ReadOnlyMemory<byte> Answer(TimeSpan now)
    {
        TimeSpan sent = now + new LineRate(Line!.Value.Baud, BitsPerOctet).TimeOf(_pending.Length);
        Phase = _phaseAfter;
        Line = _lineAfter;
        _line.Clear();
        _lastOctet = sent;
        _due = sent + _options.SelectTimeout;
        if (Phase == OpticalPortPhase.Hdlc)
        {
            _hdlc.Reset();
        }

        return _pending;
    }

    private void LeaveAfterDisc(bool wasConnected)
    {
        if (wasConnected && _hdlc.State == HdlcServerState.Disconnected && !_options.StaysInHdlc)
        {
            Listen();
        }
    }

    private void Listen()
    {
        Phase = OpticalPortPhase.Listening;
        Line = SignOnLine;
        _line.Clear();
    }

    private byte[] ReadOutOctets() => OpticalPortMessages.ReadOut(_readOut(), Has(OpticalPortFaults.WrongCheck));

    private bool Has(OpticalPortFaults fault) => (_options.Faults & fault) != 0;
}
