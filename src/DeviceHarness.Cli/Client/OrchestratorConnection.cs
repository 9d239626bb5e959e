using System.CommandLine;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Agent.Session;
using DeviceHarness.Cli.Commands;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator;
using DeviceHarness.Rpc.Hosting;
using Grpc.Core;
using Grpc.Net.Client;

namespace DeviceHarness.Cli.Client;

/// <summary>A channel to the orchestrator that the command line means.</summary>
internal sealed class OrchestratorConnection : IDisposable
{
    private readonly GrpcChannel _channel;

    private OrchestratorConnection(string address, GrpcChannel channel)
    {
        Address = address;
        _channel = channel;
        Client = new HarnessService.HarnessServiceClient(_channel);
    }

    /// <summary>The orchestrator's address.</summary>
    public string Address { get; }

    /// <summary>The stub.</summary>
    public HarnessService.HarnessServiceClient Client { get; }

    /// <summary>Opens a channel to an orchestrator that this process started on loopback.</summary>
    public static OrchestratorConnection To(string address) => new(address, ChannelFactory.Cleartext.Open(address));

    /// <summary>Finds the orchestrator: <c>--server</c>, <c>HARNESS_SERVER</c>, then the data folder.</summary>
    /// <exception cref="CommandException">None is known, or it may not be dialled so: the message says what to do.</exception>
    public static OrchestratorConnection Find(ParseResult parsed)
    {
        string? address = parsed.GetValue(CommonOptions.Server) ?? Environment.GetEnvironmentVariable("HARNESS_SERVER");
        string folder = DataFolder.Resolve(parsed.GetValue(CommonOptions.Data));
        address ??= OrchestratorAddress.TryRead(folder)?.Address;
        if (string.IsNullOrEmpty(address))
        {
            throw new CommandException(
                ExitCode.Infrastructure,
                $"no orchestrator is running on {folder}; start one with 'harness orchestrator', "
                + "name one with --server, or try 'harness demo'");
        }

        return new OrchestratorConnection(address, ServerAddress.Of(parsed).Open(address));
    }

    /// <summary>Says what to do when nothing answers at the address.</summary>
    public async Task<T> AskAsync<T>(Func<HarnessService.HarnessServiceClient, Task<T>> question)
    {
        try
        {
            return await question(Client).ConfigureAwait(false);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
        {
            throw new CommandException(
                ExitCode.Infrastructure,
                $"the orchestrator at {Address} does not answer ({exception.Status.Detail}); "
                + (TlsAdvice.Of(Address, exception) ?? "is 'harness orchestrator' running?"));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();
}
