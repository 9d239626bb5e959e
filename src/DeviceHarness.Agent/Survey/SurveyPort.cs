using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Doctor;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Links;
using DeviceHarness.Transports.Rfc2217;
using DeviceHarness.Transports.Serial;
using DeviceHarness.Transports.Tcp;

namespace DeviceHarness.Agent.Survey;

/// <summary>The port of a survey by its name: <c>rfc2217:host:port</c>, <c>tcp:host:port</c>, or else the path of a serial
/// port.</summary>
internal static class SurveyPort
{
    /// <summary>What begins the name of a serial port that another machine serves by RFC 2217.</summary>
    internal const string Rfc2217Prefix = "rfc2217:";

    private const string TcpPrefix = VirtualStation.TcpPrefix;
    private const string Busy = "TRAN-002";
    private const string Root = "/";

    /// <summary>The rate and form at which a port is opened; the search changes them.</summary>
    private static readonly LineSetting Usual = new(9600, SerialFormat.EightNone1);

    /// <summary>Whether a name is that of a port of another machine.</summary>
    internal static bool IsRemote(string port) =>
        port.StartsWith(Rfc2217Prefix, StringComparison.Ordinal) || port.StartsWith(TcpPrefix, StringComparison.Ordinal);

    /// <summary>The name of the port of a device.</summary>
    /// <exception cref="ConfigurationException">RIG-010: it speaks HDLC at no port of its own.</exception>
    internal static string Of(RigConfiguration rig, RigDevice device, string dataFolder)
    {
        string port = RigBench.PortOf(device, rig, dataFolder);
        return device.Link switch
        {
            { Via: LinkVia.Rfc2217 } => $"{Rfc2217Prefix}{port}",
            { Via: LinkVia.Tcp, Framing: LinkFraming.Hdlc } => $"{TcpPrefix}{port}",
            { Via: LinkVia.Serial } => port,
            { Via: LinkVia.Virtual, Framing: LinkFraming.Hdlc } =>
                DevicePort.AddressOfVirtual(device, port) is { } address ? $"{TcpPrefix}{address}" : port,
            _ => throw new ConfigurationException(
                "RIG-010", rig.File, 0, 0, $"devices.{device.Id}.link", "a link that carries no HDLC of its own",
                "the path of a serial port, tcp:<host>:<port>, rfc2217:<host>:<port>, a device with via: serial, rfc2217, tcp or virtual "
                + "and framing: hdlc, or an adapter"),
        };
    }

    /// <summary>What a rig file says under <c>link</c> of such a port.</summary>
    /// <param name="port">The port.</param>
    /// <param name="line">The rate at which its device answered.</param>
    /// <param name="isSignedOn">Whether after a sign-on.</param>
    internal static string LinkText(string port, LineSetting line, bool isSignedOn)
    {
        if (port.StartsWith(TcpPrefix, StringComparison.Ordinal))
        {
            return $"{{ via: tcp, address: {DraftText.Quoted(port[TcpPrefix.Length..])} }}";
        }

        string end = port.StartsWith(Rfc2217Prefix, StringComparison.Ordinal)
            ? $"via: rfc2217, address: {DraftText.Quoted(port[Rfc2217Prefix.Length..])}"
            : $"via: serial, port: {DraftText.Quoted(port)}";
        string signOn = isSignedOn ? ", sign-on: iec62056-21-e" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{{ {end}, baud: {line.Baud}, format: 8N1{signOn} }}");
    }

    /// <summary>Opens a port.</summary>
    /// <exception cref="TransportException">TRAN-001 it is missing, or nobody listens there; TRAN-002 it is in use, with whoever holds it;
    /// TRAN-003 it cannot be set, or is no server of RFC 2217.</exception>
    /// <exception cref="ConfigurationException">SURV-022: it is no address.</exception>
    internal static async Task<IByteTransport> OpenAsync(string port, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!IsRemote(port))
        {
            return OpenSerial(port);
        }

        bool isServed = port.StartsWith(Rfc2217Prefix, StringComparison.Ordinal);
        string address = port[(isServed ? Rfc2217Prefix : TcpPrefix).Length..];
        if (!RigConfigurationReader.IsAddress(address))
        {
            throw new ConfigurationException(
                "SURV-022", "command line", 0, 0, "target", $"'{port}'", "a host and a port, such as tcp:192.0.2.7:4001");
        }

        TcpClientTransport client = await TcpClientTransport
            .ConnectAsync(DevicePort.SettingsOf(port, address, time), cancellationToken).ConfigureAwait(false);
        return isServed
            ? await Rfc2217Transport
                .OpenAsync(client, new Rfc2217Settings(Usual) { TimeProvider = time }, cancellationToken).ConfigureAwait(false)
            : client;
    }

    private static SerialPortTransport OpenSerial(string port)
    {
        try
        {
            return SerialPortTransport.Open(new SerialPortSettings { Path = port });
        }
        catch (TransportException busy) when (busy.Code == Busy)
        {
            IReadOnlyList<string> holders = PortHolders.Of(Root, port);
            string who = holders.Count > 0 ? $"held by {string.Join(", ", holders)}" : "held by a program of another user";
            throw new TransportException(busy.Code, $"{busy.Message}; {who}", busy.Port, busy);
        }
    }
}
