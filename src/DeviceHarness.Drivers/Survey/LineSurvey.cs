using System.Globalization;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Links;
using DeviceHarness.Drivers.Links.Hdlc;
using DeviceHarness.Drivers.Links.SignOn;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Security;

namespace DeviceHarness.Drivers.Survey;

/// <summary>First contact with an unknown device on a line: how it is reached, who it is, what it lets the public client read.</summary>
/// <remarks>Nothing is written and no method is invoked. A password is sent only when one is given, once, and not at all when one failed
/// on this device before. The one who handed in the transport disposes of it. Once.</remarks>
/// <param name="transport">The open line.</param>
/// <param name="settings">What is tried.</param>
/// <param name="time">The clock of all waiting.</param>
public sealed class LineSurvey(IByteTransport transport, LineSurveySettings settings, TimeProvider time)
{
    private const int Retries = 2;
    private const int TellEvery = 4096;

    // Nothing else is proposed: a device that kept to it could take nothing that changes it.
    private const Conformance ReadOnlyServices = Conformance.Get | Conformance.BlockTransferWithGet | Conformance.SelectiveAccess;

    private const int ContextNotSupported = (int)AssociationDiagnostic.ApplicationContextNameNotSupported;

    private readonly LineSearch _search = new(transport, settings, new LineFindings(), time);
    private int _toldOctets;
    private bool _isConnected;

    /// <summary>What is known; it stays when the survey ends early.</summary>
    public LineFindings Findings => _search.Findings;

    /// <summary>Surveys. Whatever a device does is a finding; only a lost port of the first moment and a wrong file are errors.</summary>
    /// <param name="cancellationToken">Ends it; the device is hung up all the same.</param>
    /// <exception cref="ConfigurationException">The password cannot be read, or what is kept of earlier ones.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await _search.RunAsync(cancellationToken).ConfigureAwait(false))
            {
                _isConnected = true;
                await SpeakAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TransportException lost)
        {
            _isConnected = false;
            Findings.Add(new SurveyProblem(SurveyProblem.PortLost, lost.Message, "plug the adapter in again, and survey once more"));
        }
        finally
        {
            await HangUpAsync().ConfigureAwait(false);
        }
    }

    private static SurveyProblem ProblemOf(HarnessException fault) => fault switch
    {
        LinkTimeoutException => new SurveyProblem(
            SurveyProblem.FellSilent, fault.Message,
            "survey once more; a device that falls silent at the same place each time does not answer that"),
        RemoteProtocolException { Code: SurveyProblem.ListWithoutEnd } => new SurveyProblem(
            SurveyProblem.ListWithoutEnd, fault.Message, "the device is not sound; what came of the list is kept"),
        RemoteProtocolException => new SurveyProblem(
            SurveyProblem.BreaksProtocol, $"{fault.Code}: {fault.Message}", "survey once more; a bad line may garble what passes it"),
        AssociationRefusedException { DeviceCode: ContextNotSupported } => new SurveyProblem(
            SurveyProblem.NoAssociation, $"the device does not take logical names: {fault.Message}",
            "a device that uses short names is driven by no driver of the harness"),
        _ => new SurveyProblem(
            SurveyProblem.NoAssociation, fault.Message, "give the password of another client by --password, if you hold one"),
    };

    /// <summary>What the device lets the public client know, and then whoever holds the password.</summary>
    private async Task SpeakAsync(CancellationToken cancellationToken)
    {
        HdlcLinkPump pump = PumpOf(HdlcAddress.PublicClient);
        DlmsAssociationSettings association = new() { Proposed = ReadOnlyServices };
        try
        {
            await ConverseAsync(
                pump, pump, HdlcAddress.PublicClient, "none",
                client => client.AssociateAsync(association, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (AuthenticationFailedException wanted)
        {
            Findings.Add(ProblemOf(wanted));
        }

        if (settings.Password is { } password)
        {
            await HangUpAsync().ConfigureAwait(false);
            await SpeakWithAsync(password, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SpeakWithAsync(SecretReference password, CancellationToken cancellationToken)
    {
        string name = Findings.ValueOf(SurveyedValue.LogicalDeviceName) is { Length: > 0 } told
            ? told
            : Findings.ValueOf(SurveyedValue.SerialNumber) is { Length: > 0 } serial ? serial : transport.Name;
        IDeviceSecurityStore attempts = settings.Attempts(name);
        using DeviceAuthentication authentication = new(new EsmeOptions
        {
            Id = new DeviceId("survey"),
            Profile = ProfileOf(password),
            Transport = transport,
            Security = attempts,
            TimeProvider = time,
        });
        HdlcLinkPump pump = PumpOf(settings.PasswordClient);
        IDeviceLink link = _search.SignOn is { } signOn ? new SignOnLink(transport, signOn, pump) : pump;
        try
        {
            await ConverseAsync(
                link, pump, settings.PasswordClient, "low-level security",
                client => authentication.AssociateAsync(client, transport.Name, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (AttemptsSpentException spent)
        {
            Findings.Add(new SurveyProblem(
                SurveyProblem.PasswordNotSent, $"the password was not sent, since one failed on this device before: {spent.Message}",
                $"make sure of the password by the maker's papers; then remove {attempts.Place} and survey once more"));
        }
        catch (AuthenticationFailedException refused)
        {
            Findings.Add(new SurveyProblem(
                SurveyProblem.PasswordRefused, refused.Message,
                $"it is not sent again, since meters lock; that is kept in {attempts.Place}"));
        }
    }

    /// <summary>One association: connects, associates, reads, and takes the link down.</summary>
    private async Task ConverseAsync(
        IDeviceLink link, HdlcLinkPump pump, int address, string mechanism, Func<DlmsClient, Task> associate,
        CancellationToken cancellationToken)
    {
        settings.Told($"client {address}: association, {mechanism}");
        WatchedLink watched = new(link, settings.MaximumListOctets, TellOctets);
        try
        {
            _isConnected = true;
            await link.ConnectAsync(cancellationToken).ConfigureAwait(false);
            Findings.Parameters = pump.Link.Negotiated;
            DlmsClient client = new(watched);
            await associate(client).ConfigureAwait(false);
            Findings.Add(new SurveyedAssociation(
                address, mechanism, client.Association.Conformance, client.Association.ServerMaximumPduOctets));
            await new DeviceReading(client, watched, settings, Findings).RunAsync(cancellationToken).ConfigureAwait(false);
            await link.DisconnectAsync(cancellationToken).ConfigureAwait(false);
            _isConnected = false;
        }
        catch (HarnessException fault) when (fault is LinkTimeoutException or RemoteProtocolException or DeviceRefusedException)
        {
            Findings.Add(ProblemOf(fault));
        }
        finally
        {
            Findings.IsEchoing |= pump.Link.EchoCount > 0;
        }
    }

    private void TellOctets(int octets)
    {
        if (octets - _toldOctets is < 0 or >= TellEvery)
        {
            _toldOctets = octets;
            settings.Told(string.Create(CultureInfo.InvariantCulture, $"{octets} octets of a long value"));
        }
    }

    private HdlcLinkPump PumpOf(int client) => new(transport, new HdlcClientLink(SettingsOf(client)), time);

    private HdlcClientSettings SettingsOf(int client) => new()
    {
        Client = HdlcAddress.Client(client),
        Server = Findings.Address.GetValueOrDefault(),
        ResponseTimeout = settings.ResponseTimeout,
        Retries = Retries,
        Rate = transport.Rate,
    };

    private DeviceProfile ProfileOf(SecretReference password)
    {
        HdlcClientSettings link = SettingsOf(settings.PasswordClient);
        return new DeviceProfile
        {
            Name = "survey",
            DeviceType = DeviceProfile.Esme,
            ClientAddress = link.Client,
            ServerAddress = link.Server,
            MaximumInformationOctets = (int)HdlcParameters.DefaultInformationOctets,
            ResponseTimeout = link.ResponseTimeout,
            Retries = link.Retries,
            InterOctetTimeout = link.InterOctetTimeout,
            InactivityTimeout = TimeSpan.Zero,
            Association = new AssociationProfile
            {
                Mechanism = AuthenticationMechanism.LowLevel,
                Keys = DeviceKeys.None with { Password = password },
            },
            MaximumPduOctets = ushort.MaxValue,
            ReleasesAssociation = false,
        };
    }

    /// <summary>A device that was reached is not left in a dialogue, however the survey ended.</summary>
    private async Task HangUpAsync()
    {
        if (!_isConnected || Findings.Address is not { } station)
        {
            return;
        }

        _isConnected = false;
        try
        {
            await _search.HangUpAsync(station).ConfigureAwait(false);
        }
        catch (TransportException)
        {
            // The port went meanwhile, and the link with it.
        }
    }
}
