using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Links.SignOn;

namespace DeviceHarness.Drivers.Survey;

/// <summary>Finds the rate, form and address at which a device answers HDLC, by what a person would try: HDLC at the usual rate, the
/// sign-on of IEC 62056-21, HDLC at other rates.</summary>
/// <remarks>Spec: IEC 62056-46 and IEC 62056-21, as this harness's DLMS guide sums them up. Only SNRM, DISC and the messages of a sign-on
/// are sent.</remarks>
internal sealed class LineSearch(IByteTransport transport, LineSurveySettings settings, LineFindings findings, TimeProvider time)
{
    private const int SignOnTries = 2;

    private readonly HdlcProbe _probe = new(transport, time);
    private readonly long _origin = time.GetTimestamp();
    private bool _isOver;

    /// <summary>What is known.</summary>
    internal LineFindings Findings => findings;

    /// <summary>How the device is signed on to; null where it answers HDLC from the start.</summary>
    internal SignOnSettings? SignOn { get; private set; }

    /// <summary>Searches.</summary>
    /// <returns>Whether a device answers HDLC.</returns>
    /// <exception cref="TransportException">The port is gone, or cannot be set so.</exception>
    internal async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        int usual = settings.Bauds[0];
        if (!transport.TryChangeLine(new LineSetting(usual, SerialFormat.EightNone1)))
        {
            findings.IsLineFixed = true;
            return Ended(await TryHdlcAsync(new LineSetting(usual, SerialFormat.EightNone1), cancellationToken).ConfigureAwait(false));
        }

        if (await TryHdlcAsync(new LineSetting(usual, SerialFormat.EightNone1), cancellationToken).ConfigureAwait(false)
            || await TrySignOnAsync(SignOnSettings.MinimumBaud, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        foreach (int baud in settings.Bauds.Skip(1).TakeWhile(_ => !_isOver))
        {
            if (await TryHdlcAsync(new LineSetting(baud, SerialFormat.EightNone1), cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return Ended(!_isOver && await TrySignOnAsync(usual, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Takes the link down, whoever had brought it up; nobody need answer.</summary>
    /// <exception cref="TransportException">The port is gone.</exception>
    internal async Task HangUpAsync(HdlcAddress station)
    {
        // Also after an interruption: the device is not left in a dialogue.
        _ = await _probe.AskAsync(station, HdlcControl.Disc, settings.ProbeTimeout, CancellationToken.None).ConfigureAwait(false);
    }

    private static string Named(HdlcAddress address) => address.IsAllStation ? $"{address}, all stations" : address.ToString();

    private bool Ended(bool isFound)
    {
        if (!isFound && findings.Problems.Count == 0)
        {
            findings.Add(findings.NoiseOctets > 0
                ? new SurveyProblem(
                    SurveyProblem.OnlyNoise,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{findings.NoiseOctets} octets came, and none of them made a message at any of the rates that were tried"),
                    "name the device's rate by --baud; see that the head sits straight, and that no other program speaks on the line")
                : new SurveyProblem(
                    SurveyProblem.NothingAnswered, "nothing answered at any of the rates, forms and addresses that were tried",
                    "see that the device has its supply, the head or cable sits and this is its port; a device with an address of its own "
                    + "(often from its serial number) is named by --address, one with another rate by --baud"));
        }

        return isFound;
    }

    /// <summary>Calls each address at one rate.</summary>
    private async Task<bool> TryHdlcAsync(LineSetting line, CancellationToken cancellationToken)
    {
        SetLine(line);
        settings.Told($"{line}: HDLC, {settings.Addresses.Count} addresses");
        foreach (HdlcAddress address in settings.Addresses)
        {
            HdlcProbeAnswer answer =
                await _probe.AskAsync(address, HdlcControl.Snrm, settings.ProbeTimeout, cancellationToken).ConfigureAwait(false);
            findings.IsEchoing |= answer.IsEchoed;
            findings.NoiseOctets += answer.NoiseOctets;
            findings.Add(new SurveyAttempt(
                LineText(line), $"SNRM to {Named(address)}", Text(answer), answer.Source is not null));
            if (answer is { Source: { } station, Kind: HdlcFrameKind.Ua })
            {
                findings.Line = line;
                findings.Address = station;
                settings.Told($"{line}: {Text(answer)}");
                return true;
            }

            if (answer.Source is { } refusing && findings.Address is null)
            {
                findings.Address = refusing;
                findings.Add(new SurveyProblem(
                    SurveyProblem.RefusesLink, $"{line}: address {refusing} answers SNRM with {answer.Kind} and does not connect",
                    "another client may be connected: end it, or wait until the device's inactivity time-out is over"));
            }
        }

        return false;
    }

    /// <summary>Signs on, and calls each address at the agreed rate.</summary>
    private async Task<bool> TrySignOnAsync(int baud, CancellationToken cancellationToken)
    {
        SignOnSettings signOn = new()
        {
            InitialBaud = baud,
            MaximumBaud = Math.Min(settings.Bauds.Max(), SignOnSettings.MaximumSelectableBaud),
            Tries = SignOnTries,
        };
        SignOnMachine machine = new(signOn);
        LineSetting line = new(baud, SerialFormat.SevenEven1);
        settings.Told($"{line}: sign-on of IEC 62056-21");
        string answer = "nothing";
        try
        {
            await new SignOnPump(transport, machine, () => time.GetElapsedTime(_origin), SetLine)
                .RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (HarnessException fault) when (fault is LinkTimeoutException or RemoteProtocolException)
        {
            answer = machine.Failure == SignOnFailure.Silence ? answer : fault.Message;
            Unsigned(machine, fault);
        }

        findings.Identification = machine.Identification;
        bool isSignedOn = machine.Failure == SignOnFailure.None;
        findings.Add(new SurveyAttempt(
            LineText(line), "request message of the sign-on",
            isSignedOn ? $"{machine.Identification}, agrees on {machine.AgreedBaud} baud" : answer, machine.Identification.Length > 0));
        if (!isSignedOn)
        {
            return false;
        }

        settings.Told($"{line}: {machine.Identification} signs on and agrees on {machine.AgreedBaud} baud");
        SignOn = signOn;
        findings.SignOnBaud = baud;
        if (await TryHdlcAsync(new LineSetting(machine.AgreedBaud, SerialFormat.EightNone1), cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        _isOver = true;
        findings.Add(new SurveyProblem(
            SurveyProblem.NoHdlc, $"{machine.Identification} agreed on {machine.AgreedBaud} baud, and no address answered SNRM there",
            "name the device's address by --address: it is often made from the serial number"));
        return false;
    }

    private void Unsigned(SignOnMachine machine, HarnessException fault)
    {
        if (machine.Identification.Length > 0)
        {
            _isOver = true;
            findings.Add(new SurveyProblem(
                SurveyProblem.NoHdlc, $"the device identifies itself and cannot be brought to HDLC: {fault.Message}",
                "a meter without mode E is read by 'harness readout' and driven by no driver of the harness"));
        }
        else if (machine.Failure == SignOnFailure.NoIdentification && !findings.IsEchoing)
        {
            findings.NoiseOctets++;
        }
    }

    private void SetLine(LineSetting line)
    {
        if (!findings.IsLineFixed)
        {
            _ = transport.TryChangeLine(line);
        }
    }

    private string LineText(LineSetting line) => findings.IsLineFixed ? "as it is" : line.ToString();

    private static string Text(HdlcProbeAnswer answer) => answer switch
    {
        { Source: { } station } => $"{answer.Kind.ToString().ToUpperInvariant()} from {station}",
        { NoiseOctets: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{answer.NoiseOctets} octets that make no frame"),
        { IsEchoed: true } => "nothing but our own frame",
        _ => "nothing",
    };
}
