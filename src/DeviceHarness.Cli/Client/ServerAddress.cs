using System.CommandLine;
using System.Net;
using DeviceHarness.Cli.Commands;
using DeviceHarness.Rpc.Hosting;
using Grpc.Net.Client;

namespace DeviceHarness.Cli.Client;

/// <summary>How the command line dials an orchestrator: with certificates at https, in cleartext at http on loopback only.</summary>
internal sealed class ServerAddress
{
    private readonly MutualTls? _tls;

    private ServerAddress(MutualTls? tls) => _tls = tls;

    /// <summary>Reads the certificates that the command line and the environment name.</summary>
    /// <exception cref="CommandException">They are incomplete, or a file cannot be used.</exception>
    public static ServerAddress Of(ParseResult parsed) => new(TlsOptions.OfClient.Read(parsed));

    /// <summary>Opens a channel.</summary>
    /// <exception cref="CommandException">The address is none, or may not be dialled so: the message says what to give.</exception>
    public GrpcChannel Open(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new CommandException(
                ExitCode.Usage, $"'{address}' is not an address such as http://127.0.0.1:7410 or https://bench-pc:7410");
        }

        if (uri.Scheme == Uri.UriSchemeHttps)
        {
            return _tls is null
                ? throw new CommandException(
                    ExitCode.Usage,
                    $"the orchestrator at {address} asks for certificates; give --client-cert, --client-key and --server-ca, "
                    + "or HARNESS_CLIENT_CERT, HARNESS_CLIENT_KEY and HARNESS_SERVER_CA")
                : new ChannelFactory(_tls, KeepAlive.Default).Open(address);
        }

        return IsLoopback(uri.Host)
            ? ChannelFactory.Cleartext.Open(address)
            : throw new CommandException(
                ExitCode.Usage,
                $"{address} is not on this machine, and cleartext goes over loopback only: anybody on the network could switch devices. "
                + "Serve with 'harness orchestrator --tls-cert …' and dial https, or use a tunnel such as 'ssh -L'");
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
